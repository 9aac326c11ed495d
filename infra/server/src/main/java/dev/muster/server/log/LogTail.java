package dev.muster.server.log;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The one reader of this node: hands every event to every fold, in order of position, on one thread. All state in
 * memory has therefore seen the same prefix of history at any moment.
 */
public final class LogTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int BATCH_MAX = 2000;
    private static final Duration IDLE_WAIT = Duration.ofMillis(500);

    private final Log log;
    private final List<Fold> folds = new CopyOnWriteArrayList<>();
    private final PositionGate gate = new PositionGate();
    private final Thread reader;
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

    public Mono<Void> folded(long position, Duration waitMax) {
        return gate.await(position, waitMax);
    }

    private void read() {
        try (LogCursor cursor = log.after(-1)) {
            while (running) {
                List<Recorded> batch = cursor.next(BATCH_MAX, IDLE_WAIT);
                for (Recorded recorded : batch) {
                    apply(recorded);
                }
                if (!batch.isEmpty()) {
                    gate.advance(batch.getLast().position());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(Recorded recorded) {
        for (Fold fold : folds) {
            try {
                fold.apply(recorded);
            } catch (RuntimeException e) {
                // A fold must not fail; if it does, the others and the rest of history still count.
                LOG.error("fold {} failed at position {}", fold.name(), recorded.position(), e);
            }
        }
    }

    @Override
    public void close() {
        running = false;
        reader.interrupt();
    }
}
