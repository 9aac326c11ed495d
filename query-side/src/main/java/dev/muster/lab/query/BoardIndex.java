package dev.muster.lab.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The boards, folded from the log. One thread writes, each time a whole new board; readers take no lock. The revision
 * is the position of the last event that changed something.
 */
public final class BoardIndex implements Fold, Boards {

    private static final Logger LOG = LoggerFactory.getLogger(BoardIndex.class);

    private final ConcurrentSkipListMap<BoardName, Board> byName = new ConcurrentSkipListMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Waiters<BoardName, Board> waiters;
    private volatile long revision = -1;

    /** Its own thing, so that who listens twice can end once. */
    private static final class Listener {
        private final Change change;

        private Listener(Change change) {
            this.change = change;
        }
    }

    /** @param scheduler for time-outs and answers of {@link #when}; its threads are not held up */
    public BoardIndex(Scheduler scheduler, LabReadSettings settings) {
        this.waiters = new Waiters<>(this::find, true, settings.waitersMax(), scheduler);
    }

    @Override
    public String name() {
        return "boards";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof BoardEvent event)) {
            return;
        }
        BoardName name = event.board();
        Board before = byName.get(name);
        Board after = BoardFolding.after(before, event, recorded.at(), recorded.sequence());
        if (before == null && after == null) {
            return;
        }
        if (after == null) {
            byName.remove(name);
        } else {
            byName.put(name, after);
        }
        revision = recorded.position();
        listeners.forEach(each -> tell(each, before, after));
        waiters.tell(name, after);
    }

    /** One that fails must not keep the log from the others. */
    private static void tell(Listener listener, @Nullable Board before, @Nullable Board after) {
        try {
            listener.change.changed(before, after);
        } catch (RuntimeException failure) {
            LOG.error("A listener failed on a change of a board", failure);
        }
    }

    @Override
    public @Nullable Board find(BoardName name) {
        return byName.get(name);
    }

    @Override
    public Collection<Board> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Those whose names come after this one, in the order of their names. */
    public Collection<Board> after(BoardName name) {
        return Collections.unmodifiableCollection(byName.tailMap(name, false).values());
    }

    /** Attributes are those of the class's first board: within a class they are the same. */
    @Override
    public Map<String, BoardClass> classes() {
        Map<String, BoardClass> classes = new TreeMap<>();
        for (Board board : byName.values()) {
            int free = board.state() == BoardState.FREE ? 1 : 0;
            classes.merge(
                    board.definition().brdclass(),
                    new BoardClass(board.definition().attributes(), 1, free),
                    (all, one) -> new BoardClass(all.attributes(), all.total() + one.total(), all.free() + one.free()));
        }
        return Collections.unmodifiableMap(classes);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Mono<Board> when(BoardName name, Predicate<Board> like, Duration waitMax) {
        return waiters.when(name, like, waitMax);
    }

    @Override
    public AutoCloseable onChange(Change change) {
        Listener listener = new Listener(change);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many boards of each class are in each state; every state is there. For metrics. */
    public Map<String, Map<BoardState, Integer>> byClassAndState() {
        Map<String, Map<BoardState, Integer>> counts = new TreeMap<>();
        for (Board board : byName.values()) {
            counts.computeIfAbsent(board.definition().brdclass(), any -> zeroes())
                    .merge(board.state(), 1, Integer::sum);
        }
        return counts;
    }

    private static Map<BoardState, Integer> zeroes() {
        Map<BoardState, Integer> zeroes = new EnumMap<>(BoardState.class);
        for (BoardState state : BoardState.values()) {
            zeroes.put(state, 0);
        }
        return zeroes;
    }

    /** How many reservations there are: boards that somebody has or is about to get. For metrics. */
    public int reservationsActive() {
        int active = 0;
        for (Board board : byName.values()) {
            if (board.state() == BoardState.PREPARING || board.state() == BoardState.RESERVED) {
                active++;
            }
        }
        return active;
    }

    /** How many callers of {@link #when} wait. For metrics. */
    public int callersWaiting() {
        return waiters.size();
    }
}
