package dev.muster.lab.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queued request as people see it.
 *
 * @param holder id of the person who wants it; {@code holderName} what they are called
 * @param mine whether the caller is that person
 * @param seconds how long they want it, null: as the board says
 * @param earliest not before, null for at once; {@code until} when waiting ends, null for never
 * @param context null for those whom it does not concern, as {@code sshKeys} are
 * @param position 1 for the first in line, 0 for one that does not wait
 * @param board that was granted
 * @param boardsTried how many could not be made ready
 * @param code why it failed, with {@code message}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestView(
        ReservationId id,
        String holder,
        String holderName,
        boolean mine,
        Selector selector,
        int priority,
        @Nullable Long seconds,
        @Nullable Instant earliest,
        @Nullable Instant until,
        @Nullable String purpose,
        PowerWish power,
        @Nullable Map<String, String> context,
        @Nullable List<String> sshKeys,
        LabRequest.State state,
        int position,
        @Nullable BoardName board,
        int boardsTried,
        @Nullable String code,
        @Nullable String message,
        Instant queuedAt,
        Instant changedAt) {

    static RequestView of(LabRequest request, int position, Onlooker onlooker) {
        Wish wish = request.wish();
        boolean inside = onlooker.mayLookInto(wish.holder());
        return new RequestView(
                request.id(),
                wish.holder(),
                onlooker.nameOf(wish.holder()),
                onlooker.is(wish.holder()),
                wish.selector(),
                wish.priority(),
                wish.seconds(),
                wish.earliest(),
                wish.until(),
                wish.purpose(),
                wish.power(),
                inside ? wish.context() : null,
                inside ? wish.sshKeys() : null,
                request.state(),
                position,
                request.board(),
                request.boardsTried(),
                request.code(),
                request.message(),
                request.queuedAt(),
                request.changedAt());
    }
}
