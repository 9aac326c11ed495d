package dev.muster.lab;

import dev.muster.lab.LabRequestEvent.Wish;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A queued request as it is known now.
 *
 * @param board that was granted, null while it waits
 * @param boardsTried how many could not be made ready
 * @param code why it failed, null if it did not
 * @param position where in the log it was queued: its age
 */
public record LabRequest(
        ReservationId id,
        Wish wish,
        State state,
        @Nullable BoardName board,
        int boardsTried,
        @Nullable String code,
        @Nullable String message,
        Instant queuedAt,
        Instant changedAt,
        long position) {

    public enum State {
        WAITING,
        /** A board is being prepared for it. */
        GRANTED,
        FULFILLED,
        FAILED,
        CANCELLED,
        EXPIRED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isOver() {
            return this != WAITING && this != GRANTED;
        }
    }
}
