package dev.muster.lab.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.lab.Board;
import dev.muster.lab.PowerWish;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.ShareMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has a board, as others see it.
 *
 * @param holder id of the person; {@code holderName} what they are called
 * @param context null for those whom it does not concern, as {@code sshKeys} are
 * @param shares who else may use it, by person; null for all but the holder, those, and who runs the lab
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReservationView(
        ReservationId id,
        String holder,
        String holderName,
        @Nullable String purpose,
        PowerWish power,
        @Nullable Instant since,
        Instant expiresAt,
        @Nullable Map<String, String> context,
        @Nullable List<String> sshKeys,
        @Nullable Map<String, ShareMode> shares) {

    /** Null when nobody has it; what is left to clean up on a board that is out of service is nobody's reservation. */
    static @Nullable ReservationView of(Board board, Onlooker onlooker) {
        Reservation reservation = board.reservation();
        if (reservation == null || !board.state().isTaken()) {
            return null;
        }
        boolean inside = onlooker.mayLookInto(reservation.holder());
        return new ReservationView(
                reservation.id(),
                reservation.holder(),
                onlooker.nameOf(reservation.holder()),
                reservation.purpose(),
                reservation.power(),
                board.since(),
                reservation.expiresAt(),
                inside ? reservation.context() : null,
                inside ? reservation.sshKeys() : null,
                inside || board.isSeenBy(onlooker.person()) ? new TreeMap<>(board.shares()) : null);
    }
}
