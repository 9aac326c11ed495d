package dev.muster.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who did what in the lab, and what came of it: the newest entries, in memory on each node, folded from the log. */
public interface LabAudit {

    /** Never blocks. */
    Page find(Question question);

    /**
     * Which entries: all that is given must fit.
     *
     * @param board of this board
     * @param person done by this person or about a reservation of theirs, as
     *     {@link dev.muster.identity.Caller#person()} has it
     * @param since not before
     * @param before only those at smaller positions
     * @param limit at most so many
     */
    record Question(
            @Nullable BoardName board,
            @Nullable String person,
            @Nullable Instant since,
            long before,
            int limit) {}

    /** @param next go on before this position; null when nothing more is known */
    record Page(List<Entry> entries, @Nullable Long next) {

        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One thing that was done or tried.
     *
     * @param position in the log, of when it began
     * @param person who did it; null: the server itself
     * @param token id of the token that was shown, null where it was none
     * @param address from which it came, null where none is known
     * @param holder whose reservation it was about, null where nobody's
     * @param action lower-kebab, like {@code reserve}, {@code power-on}
     * @param detail more about it: why it was released, with whom it was shared; null where there is nothing to say
     * @param code of a refusal, where it was refused or failed
     * @param message what was said about that; null where nothing was
     * @param took how long it took, once it is over; null for what takes no time
     * @param words of a run of the setup script: what {@link ScriptWords#read} knows its words by; null if it said nothing
     */
    record Entry(
            long position,
            Instant at,
            @Nullable String person,
            @Nullable String token,
            @Nullable String address,
            @Nullable BoardName board,
            @Nullable ReservationId reservation,
            @Nullable String holder,
            String action,
            @Nullable String detail,
            Outcome outcome,
            @Nullable String code,
            @Nullable String message,
            @Nullable Duration took,
            @Nullable String words) {

        /** The same, now that it is known what came of it. */
        public Entry over(Outcome how, @Nullable String why, @Nullable String said, Instant end) {
            Duration lasted = end.isBefore(at) ? Duration.ZERO : Duration.between(at, end);
            return new Entry(
                    position,
                    at,
                    person,
                    token,
                    address,
                    board,
                    reservation,
                    holder,
                    action,
                    detail,
                    how,
                    why,
                    said,
                    lasted,
                    words);
        }

        /** The same, refused for a reason. */
        public Entry refused(String why, String said) {
            return new Entry(
                    position,
                    at,
                    person,
                    token,
                    address,
                    board,
                    reservation,
                    holder,
                    action,
                    detail,
                    Outcome.REFUSED,
                    why,
                    said,
                    null,
                    null);
        }

        public boolean concerns(String somebody) {
            return somebody.equals(person) || somebody.equals(holder);
        }
    }

    enum Outcome {
        /** It is not over yet. */
        PENDING,
        DONE,
        FAILED,
        /** It was never begun. */
        REFUSED;

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
