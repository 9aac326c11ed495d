package dev.muster.lab;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a queued request. */
public sealed interface LabRequestEvent {

    ReservationId id();

    /**
     * What is wanted.
     *
     * @param holder who, as {@link dev.muster.identity.Caller#actor()} has it
     * @param priority higher first; 0 is usual
     * @param seconds how long; null: as the board says
     * @param earliest not before, null for at once
     * @param until when waiting ends, null for never
     * @param keepAlive as {@link Reservation#keepAlive} shall be
     */
    record Wish(
            String holder,
            Selector selector,
            int priority,
            @Nullable Long seconds,
            @Nullable Instant earliest,
            @Nullable Instant until,
            @Nullable String purpose,
            Map<String, String> context,
            List<String> sshKeys,
            PowerWish power,
            @Nullable Boolean keepAlive) {

        public Wish {
            context = Map.copyOf(context);
            sshKeys = List.copyOf(sshKeys);
        }
    }

    record RequestQueued(ReservationId id, Wish wish) implements LabRequestEvent {}

    record RequestGranted(ReservationId id, BoardName board) implements LabRequestEvent {}

    /** It waits again, in its old place. */
    record RequestReturned(ReservationId id, BoardName board, String code, String message) implements LabRequestEvent {}

    record RequestFulfilled(ReservationId id, BoardName board) implements LabRequestEvent {}

    record RequestFailed(ReservationId id, String code, String message) implements LabRequestEvent {}

    record RequestCancelled(ReservationId id) implements LabRequestEvent {}

    record RequestExpired(ReservationId id) implements LabRequestEvent {}
}
