package dev.muster.lab.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.lab.Board;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.BoardState;
import dev.muster.lab.FlashBack;
import dev.muster.lab.Power;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A board as people see it.
 *
 * @param attributes of its class
 * @param options what it has: {@code cls} and its parameters, without secrets
 * @param flashBack what its device is given before it is lent again, null for nothing
 * @param power {@code on} or {@code off}; null, and there all the same, when it is not known
 * @param powering whether a power operation is under way
 * @param mine whether the caller holds it
 * @param reservation whose it is, null if nobody's
 * @param environment what was made for that; null for those whom it does not concern
 * @param degraded what is wrong with it although it works
 * @param fault why it is faulty
 * @param note of maintenance that is wanted or under way
 * @param retiring whether it goes when nobody has it any more
 * @param changedAt when its state last changed
 * @param version for If-Match
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BoardView(
        BoardName name,
        String brdclass,
        Map<String, String> attributes,
        Map<String, String> tags,
        List<Map<String, Object>> options,
        @Nullable String pool,
        long defaultSeconds,
        long maxSeconds,
        boolean keepsPower,
        @Nullable String deviceId,
        @Nullable FlashBack flashBack,
        BoardState state,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Power power,
        boolean powering,
        boolean mine,
        @Nullable ReservationView reservation,
        @Nullable EnvironmentView environment,
        @Nullable String degraded,
        @Nullable String fault,
        @Nullable String note,
        boolean retiring,
        Instant changedAt,
        long version) {

    static BoardView of(Board board, Onlooker onlooker) {
        BoardDefinition definition = board.definition();
        return new BoardView(
                board.name(),
                definition.brdclass(),
                definition.attributes(),
                definition.tags(),
                definition.options().stream().map(BoardView::option).toList(),
                definition.pool(),
                definition.defaultSeconds(),
                definition.maxSeconds(),
                definition.keepsPower(),
                definition.deviceId(),
                definition.flashBack(),
                board.state(),
                board.power() == Power.UNKNOWN ? null : board.power(),
                board.operation() != null,
                isOf(board, onlooker.person()),
                ReservationView.of(board, onlooker),
                EnvironmentView.of(board, onlooker),
                board.degraded(),
                board.fault(),
                board.note(),
                board.retiring(),
                board.changedAt(),
                board.version());
    }

    private static Map<String, Object> option(BoardOption option) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("cls", option.cls());
        members.putAll(new TreeMap<>(option.parameters()));
        return members;
    }

    /** Whether it is this person's now; what is left to clean up on a board out of service makes it nobody's. */
    static boolean isOf(Board board, String person) {
        return board.state().isTaken() && board.isHeldBy(person);
    }

    /** The version, and what else the answer depends on: who looks, and what people are called now. */
    String tag() {
        if (reservation == null) {
            return Long.toString(version);
        }
        int rest = Objects.hash(
                reservation.holderName(), mine, reservation.sshKeys() == null, reservation.shares() == null);
        return version + "-" + Integer.toHexString(rest);
    }
}
