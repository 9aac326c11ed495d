package dev.muster.lab.command;

import dev.muster.kernel.Recorded;
import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.Environment;
import dev.muster.lab.command.LendingState.Claim;
import dev.muster.lab.command.LendingState.Known;
import dev.muster.lab.command.LendingState.Unknown;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Boards folded from the log; what an aggregate knows is taken from its own state. */
final class TestBoards implements Boards {

    private final Map<BoardName, LendingState> states = new ConcurrentSkipListMap<>();
    private final Map<BoardName, Board> boards = new ConcurrentSkipListMap<>();
    private final List<Change> hearers = new CopyOnWriteArrayList<>();
    private volatile long revision;

    void apply(Recorded recorded) {
        if (!(recorded.event() instanceof BoardEvent event)) {
            return;
        }
        LendingState state = states.getOrDefault(event.board(), new Unknown()).after(event, recorded.at());
        states.put(event.board(), state);
        Board before = boards.get(event.board());
        Board after = state instanceof Known known ? board(known, before, event, recorded) : null;
        if (after == null) {
            boards.remove(event.board());
        } else {
            boards.put(event.board(), after);
        }
        revision++;
        hearers.forEach(each -> each.changed(before, after));
    }

    private static Board board(Known known, @Nullable Board before, BoardEvent event, Recorded at) {
        Claim claim = known.claim();
        boolean moved = before == null || before.state() != known.state() || event instanceof ReleaseFailed;
        Environment environment = claim == null || before == null || event instanceof BoardReserved
                ? Environment.NONE
                : before.environment();
        String fault = known.state() != BoardState.FAULTY || before == null ? null : before.fault();
        return new Board(
                known.definition(),
                known.state(),
                claim == null ? null : claim.reservation(),
                claim == null ? null : claim.began(),
                claim == null ? Map.of() : claim.shares(),
                event instanceof BoardHandedOver e ? e.environment() : environment,
                known.power().power(),
                known.power().operation(),
                known.cleaning().release(),
                known.cleaning().attempt(),
                known.degraded(),
                event instanceof ReleaseFailed e ? e.message() : fault,
                known.note(),
                known.retiring(),
                moved || before == null ? at.at() : before.changedAt(),
                at.sequence());
    }

    @Override
    public @Nullable Board find(BoardName name) {
        return boards.get(name);
    }

    @Override
    public Collection<Board> all() {
        return List.copyOf(boards.values());
    }

    @Override
    public Map<String, BoardClass> classes() {
        Map<String, BoardClass> classes = new TreeMap<>();
        for (Board board : all()) {
            classes.merge(
                    board.definition().brdclass(),
                    new BoardClass(board.definition().attributes(), 1, board.state() == BoardState.FREE ? 1 : 0),
                    (a, b) -> new BoardClass(a.attributes(), a.total() + b.total(), a.free() + b.free()));
        }
        return classes;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Mono<Board> when(BoardName name, Predicate<Board> like, Duration waitMax) {
        return Mono.<Board>create(sink -> {
                    Change hearer = (before, after) -> {
                        if (after != null && after.name().equals(name) && like.test(after)) {
                            sink.success(after);
                        } else if (after == null
                                && before != null
                                && before.name().equals(name)) {
                            sink.success();
                        }
                    };
                    hearers.add(hearer);
                    sink.onDispose(() -> hearers.remove(hearer));
                    Board now = boards.get(name);
                    if (now == null) {
                        sink.success();
                    } else if (like.test(now)) {
                        sink.success(now);
                    }
                })
                .timeout(waitMax, Mono.empty());
    }

    @Override
    public AutoCloseable onChange(Change change) {
        hearers.add(change);
        return () -> hearers.remove(change);
    }
}
