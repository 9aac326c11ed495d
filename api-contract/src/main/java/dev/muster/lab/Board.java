package dev.muster.lab;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A board as it is known now.
 *
 * @param reservation whose it is, or whose traces are being cleaned up; null if nobody's
 * @param since when that reservation was accepted
 * @param shares who else may use it, by actor
 * @param environment what the script made; {@link Environment#NONE} outside a reservation
 * @param power as it was read last
 * @param operation the power operation under way, null if none
 * @param release the clean-up under way or failed, null if none
 * @param attempt how often that was tried
 * @param degraded what is wrong with it although it works, null if nothing
 * @param fault why it is faulty, null if it is not
 * @param note of maintenance that is wanted or under way, null if none
 * @param retiring whether it goes when nobody has it any more
 * @param changedAt when its state last changed
 * @param version for If-Match
 */
public record Board(
        BoardDefinition definition,
        BoardState state,
        @Nullable Reservation reservation,
        @Nullable Instant since,
        Map<String, ShareMode> shares,
        Environment environment,
        Power power,
        @Nullable UUID operation,
        @Nullable UUID release,
        int attempt,
        @Nullable String degraded,
        @Nullable String fault,
        @Nullable String note,
        boolean retiring,
        Instant changedAt,
        long version) {

    public BoardName name() {
        return definition.name();
    }

    /** Whether that reservation is the one that it is prepared for, held by or cleaned up after. */
    public boolean isOf(ReservationId id) {
        return reservation != null && reservation.id().equals(id);
    }

    /** Whether this actor holds it. */
    public boolean isHeldBy(String actor) {
        return reservation != null
                && state != BoardState.RELEASING
                && reservation.holder().equals(actor);
    }

    /** Whether this actor may use it: holds it, or shares it to read and write. */
    public boolean isUsedBy(String actor) {
        return isHeldBy(actor) || state == BoardState.RESERVED && shares.get(actor) == ShareMode.RW;
    }

    /** Whether this actor may look at what goes on on it. */
    public boolean isSeenBy(String actor) {
        return isUsedBy(actor) || state == BoardState.RESERVED && shares.containsKey(actor);
    }
}
