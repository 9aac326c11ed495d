package dev.muster.lab.query.http;

import dev.muster.lab.Board;
import dev.muster.lab.Environment;
import dev.muster.lab.Reservation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the setup script made for a reservation.
 *
 * @param attrs what the script says of it, {@code ip} among it
 * @param ssh whether it can be reached by ssh
 * @param exec whether commands can be run in it
 */
public record EnvironmentView(Map<String, Object> attrs, boolean ssh, boolean exec) {

    /** Null for those whom it does not concern, and while there is none. */
    static @Nullable EnvironmentView of(Board board, Onlooker onlooker) {
        Reservation reservation = board.reservation();
        Environment environment = board.environment();
        if (reservation == null
                || !board.state().isTaken()
                || !onlooker.mayLookInto(reservation.holder())
                || environment.equals(Environment.NONE)) {
            return null;
        }
        return new EnvironmentView(
                environment.attrs(),
                !environment.ssh().isEmpty(),
                !environment.exec().isEmpty());
    }
}
