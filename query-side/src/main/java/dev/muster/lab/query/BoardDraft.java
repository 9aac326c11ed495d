package dev.muster.lab.query;

import dev.muster.lab.Board;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardState;
import dev.muster.lab.Environment;
import dev.muster.lab.Power;
import dev.muster.lab.Reservation;
import dev.muster.lab.ShareMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The next state of a board while an event is folded into it; lives no longer than that. */
final class BoardDraft {

    BoardDefinition definition;
    BoardState state = BoardState.FREE;

    @Nullable
    Reservation reservation;

    @Nullable
    Instant since;

    Map<String, ShareMode> shares = Map.of();
    Environment environment = Environment.NONE;
    Power power = Power.UNKNOWN;

    @Nullable
    UUID operation;

    @Nullable
    UUID release;

    int attempt;

    @Nullable
    String degraded;

    @Nullable
    String fault;

    @Nullable
    String note;

    boolean retiring;
    boolean gone;
    private final @Nullable BoardState stateBefore;
    private final Instant changedBefore;

    /** One that comes into being. */
    BoardDraft(BoardDefinition definition, Instant at) {
        this.definition = definition;
        this.stateBefore = null;
        this.changedBefore = at;
    }

    BoardDraft(Board board) {
        definition = board.definition();
        state = board.state();
        reservation = board.reservation();
        since = board.since();
        shares = board.shares();
        environment = board.environment();
        power = board.power();
        operation = board.operation();
        release = board.release();
        attempt = board.attempt();
        degraded = board.degraded();
        fault = board.fault();
        note = board.note();
        retiring = board.retiring();
        stateBefore = board.state();
        changedBefore = board.changedAt();
    }

    /** Nobody has it, and nothing of anybody is left on it. */
    void emptied() {
        reservation = null;
        since = null;
        shares = Map.of();
        environment = Environment.NONE;
        release = null;
        attempt = 0;
        fault = null;
    }

    void share(String with, @Nullable ShareMode mode) {
        Map<String, ShareMode> changed = new HashMap<>(shares);
        if (mode == null) {
            changed.remove(with);
        } else {
            changed.put(with, mode);
        }
        shares = Map.copyOf(changed);
    }

    /** @return null when it is gone */
    @Nullable
    Board board(Instant at, long version) {
        return gone
                ? null
                : new Board(
                        definition,
                        state,
                        reservation,
                        since,
                        shares,
                        environment,
                        power,
                        operation,
                        release,
                        attempt,
                        degraded,
                        fault,
                        note,
                        retiring,
                        state == stateBefore ? changedBefore : at,
                        version);
    }
}
