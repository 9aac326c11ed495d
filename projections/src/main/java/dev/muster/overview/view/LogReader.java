package dev.muster.overview.view;

import dev.muster.kernel.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Hands the log to one waiting thread in batches. It never holds more than two batches: the next events are asked for
 * as batches are taken.
 */
final class LogReader extends BaseSubscriber<Recorded> {

    private final LinkedBlockingQueue<Recorded> queue = new LinkedBlockingQueue<>();
    private final int batchMax;
    private final Duration batchWait;
    private volatile @Nullable Throwable end;

    LogReader(int batchMax, Duration batchWait) {
        this.batchMax = batchMax;
        this.batchWait = batchWait;
    }

    /**
     * The next events, in order; none when none came within {@code patience}. Throws when the log cannot be followed
     * any further and everything that came before was taken.
     */
    List<Recorded> next(Duration patience) throws InterruptedException {
        Recorded first = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first == null) {
            Throwable why = end;
            if (why != null && queue.isEmpty()) {
                throw new IllegalStateException("the log cannot be followed any further", why);
            }
            return List.of();
        }
        List<Recorded> batch = new ArrayList<>();
        batch.add(first);
        queue.drainTo(batch, batchMax - 1);
        long until = System.nanoTime() + batchWait.toNanos();
        while (batch.size() < batchMax) {
            Recorded more = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (more == null) {
                break;
            }
            batch.add(more);
            queue.drainTo(batch, batchMax - batch.size());
        }
        request(batch.size());
        return batch;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(2L * batchMax);
    }

    @Override
    protected void hookOnNext(Recorded recorded) {
        queue.add(recorded);
    }

    @Override
    protected void hookOnError(Throwable why) {
        end = why;
    }

    @Override
    protected void hookOnComplete() {
        end = new IllegalStateException("the log ended");
    }
}
