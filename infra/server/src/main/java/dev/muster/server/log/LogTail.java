package dev.muster.server.log;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The one reader of this node: hands every event to every fold, in order of position, on one thread. All state in
 * memory has therefore seen the same prefix of history at any moment. The next batch is read while one is folded: a
 * start reads all of history, and reading it takes as long as folding it.
 */
public final class LogTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int BATCH_MAX = 2000;
    private static final Duration IDLE_WAIT = Duration.ofMillis(500);

    private final Log log;
    private final List<Fold> folds = new CopyOnWriteArrayList<>();
    private final PositionGate gate = new PositionGate();
    private final Thread reader;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("log-ahead").daemon().factory());
    /** Names of folds that have failed at some event, and lack it. */
    private final Set<String> lacking = ConcurrentHashMap.newKeySet();

    private volatile boolean running = true;

    public LogTail(Log log, List<Fold> folds) {
        this.log = log;
        this.folds.addAll(folds);
        this.reader = Thread.ofPlatform().name("log-tail").daemon().unstarted(this::read);
    }

    /** Adds a fold that could not be made before this reader; only before the start. */
    public void add(Fold fold) {
        if (reader.isAlive()) {
            throw new IllegalStateException("the reader has started");
        }
        folds.add(fold);
    }

    /** Starts reading at the beginning of history. */
    public void start() {
        reader.start();
    }

    public long folded() {
        return gate.reached();
    }

    /** Whether a fold has all of what it was given; once it failed at an event, it has not before the next start. */
    public boolean isWhole(String fold) {
        return !lacking.contains(fold);
    }

    public Mono<Void> folded(long position, Duration waitMax) {
        return gate.await(position, waitMax);
    }

    private void read() {
        while (running) {
            try (LogCursor cursor = log.after(gate.reached())) {
                follow(cursor);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (running) {
                    // A node that reads no more would go stale in silence: say so, and try again.
                    LOG.error("the log could not be read after position {}", gate.reached(), e);
                    LockSupport.parkNanos(IDLE_WAIT.toNanos());
                }
            }
        }
    }

    private void follow(LogCursor cursor) throws InterruptedException {
        Future<List<Recorded>> coming = ahead.submit(() -> cursor.next(BATCH_MAX, IDLE_WAIT));
        try {
            while (running) {
                List<Recorded> batch = arrived(coming);
                coming = ahead.submit(() -> cursor.next(BATCH_MAX, IDLE_WAIT));
                for (Recorded recorded : batch) {
                    apply(recorded);
                }
                if (!batch.isEmpty()) {
                    gate.advance(batch.getLast().position());
                }
            }
        } finally {
            // The cursor is closed after this: nobody may be reading from it then.
            coming.cancel(true);
        }
    }

    private static List<Recorded> arrived(Future<List<Recorded>> coming) throws InterruptedException {
        try {
            return coming.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException("the log could not be read", e.getCause());
        }
    }

    private void apply(Recorded recorded) {
        for (Fold fold : folds) {
            try {
                fold.apply(recorded);
            } catch (RuntimeException e) {
                // A fold must not fail; if it does, the others and the rest of history still count.
                lacking.add(fold.name());
                LOG.error("fold {} failed at position {}", fold.name(), recorded.position(), e);
            }
        }
    }

    @Override
    public void close() {
        running = false;
        reader.interrupt();
        ahead.shutdownNow();
    }
}
