package dev.muster.lab.command.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Power;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A board as an order left it, for whoever may give that order.
 *
 * @param state lower case, as {@link BoardState#wireName()}
 * @param power {@code on} or {@code off}; null, and there all the same, when it is not known
 * @param attrs what the setup script made
 * @param version for If-Match
 */
public record LentBoard(
        BoardName name,
        String brdclass,
        String state,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String power,
        @Nullable Claim reservation,
        Map<String, Object> attrs,
        @Nullable String note,
        @Nullable String fault,
        long version) {

    public record Claim(
            ReservationId id, String holder, @Nullable Instant since, Instant expires) {}

    static LentBoard of(Board board) {
        Reservation held = board.reservation();
        return new LentBoard(
                board.name(),
                board.definition().brdclass(),
                board.state().wireName(),
                board.power() == Power.UNKNOWN ? null : board.power().wireName(),
                held == null ? null : new Claim(held.id(), held.holder(), board.since(), held.expiresAt()),
                board.environment().attrs(),
                board.note(),
                board.fault(),
                board.version());
    }
}
