package dev.muster.lab.command.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabOrders.ReserveOrder;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to reserve; spans of time as "2h", "90m", "PT2H" or seconds.
 *
 * @param board this one, where the path does not say it
 * @param brdclass any of this class ({@code class})
 * @param tags any with all of these
 * @param priority higher first; 0 if left out
 * @param duration as the board says if left out
 * @param patience how long the call waits for a board that is not free ({@code wait}); the request stays in the queue after it
 * @param earliest not before
 * @param until when the request leaves the queue; never if left out
 * @param sshpubkey public keys to be let in, one a line
 * @param power {@code on}, {@code off} or {@code keep}, which it is if left out
 * @param keepalive true: it ends when you are not heard of for five minutes
 */
public record ReservationRequest(
        @Nullable String board,
        @JsonProperty("class") @Nullable String brdclass,
        @Nullable Map<String, String> tags,
        @Nullable Integer priority,
        @Nullable String duration,
        @JsonProperty("wait") @Nullable String patience,
        @Nullable Instant earliest,
        @Nullable Instant until,
        @Nullable String purpose,
        @Nullable Map<String, String> context,
        @Nullable String sshpubkey,
        @Nullable String power,
        @Nullable Boolean keepalive) {

    static final ReservationRequest ANYTHING =
            new ReservationRequest(null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** @param patienceMin what it waits at least: nothing, or long enough to be queued */
    ReserveOrder order(ReservationId id, Selector selector, Duration patienceMin) {
        Duration waits = waits();
        return new ReserveOrder(
                id,
                selector,
                priority == null ? 0 : priority,
                Durations.orNull(duration, "duration"),
                waits.compareTo(patienceMin) < 0 ? patienceMin : waits,
                purpose,
                context == null ? Map.of() : context,
                keys(),
                wish(),
                Boolean.TRUE.equals(keepalive));
    }

    /** The wish that is queued; the holder is the caller's affair. */
    Wish queued() {
        Duration lasts = Durations.orNull(duration, "duration");
        return new Wish(
                "",
                selector(),
                priority == null ? 0 : priority,
                lasts == null ? null : lasts.toSeconds(),
                earliest,
                until,
                purpose,
                context == null ? Map.of() : context,
                keys(),
                wish(),
                Boolean.TRUE.equals(keepalive) ? Boolean.TRUE : null);
    }

    Duration waits() {
        return patience == null ? Duration.ZERO : Durations.of(patience, "wait");
    }

    Selector selector() {
        if (board == null && brdclass == null && (tags == null || tags.isEmpty())) {
            throw LabRefusal.BAD_VALUE.about("class", "Say which boards would do: 'board', 'class' or 'tags'.");
        }
        return new Selector(board == null ? null : new BoardName(board), brdclass, tags == null ? Map.of() : tags);
    }

    private List<String> keys() {
        return sshpubkey == null
                ? List.of()
                : sshpubkey
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private PowerWish wish() {
        if (power == null) {
            return PowerWish.KEEP;
        }
        for (PowerWish each : PowerWish.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(power)) {
                return each;
            }
        }
        throw LabRefusal.BAD_VALUE.about("power", "The power shall be 'on', 'off' or 'keep', not '" + power + "'.");
    }
}
