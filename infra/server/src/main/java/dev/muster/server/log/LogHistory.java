package dev.muster.server.log;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** History for readers: each follower pulls at its own pace on a thread of its own, so a slow one holds nobody up. */
public final class LogHistory implements History, AutoCloseable {

    private static final int FETCH = 500;
    private static final Duration IDLE_WAIT = Duration.ofMillis(500);

    private final Log log;
    private final Scheduler followers =
            Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "log-follower");

    public LogHistory(Log log) {
        this.log = log;
    }

    @Override
    public Flux<Recorded> after(long position) {
        return Flux.<List<Recorded>, LogCursor>generate(
                        () -> log.after(position),
                        (cursor, sink) -> {
                            try {
                                sink.next(cursor.next(FETCH, IDLE_WAIT));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                                sink.complete();
                            }
                            return cursor;
                        },
                        LogCursor::close)
                .subscribeOn(followers, true)
                .concatMapIterable(batch -> batch, 1);
    }

    @Override
    public List<Recorded> before(long position, int limit) {
        long end = Math.min(position, log.committed() + 1);
        long from = Math.max(0, end - limit);
        return from >= end ? List.of() : read(from, (int) (end - from)).reversed();
    }

    @Override
    public List<Recorded> of(String aggregate) {
        return log.of(aggregate);
    }

    @Override
    public List<Recorded> of(String aggregate, long fromSequence, int limit) {
        return log.of(aggregate, fromSequence, limit);
    }

    @Override
    public @Nullable Recorded at(long position) {
        if (position < 0 || position > log.committed()) {
            return null;
        }
        return read(position, 1).getFirst();
    }

    /** All of these are committed. A cursor may give them in parts: what is held in memory, then the rest. */
    private List<Recorded> read(long from, int count) {
        List<Recorded> read = new ArrayList<>(count);
        try (LogCursor cursor = log.after(from - 1)) {
            for (List<Recorded> part = cursor.next(count, IDLE_WAIT);
                    !part.isEmpty();
                    part = read.size() < count ? cursor.next(count - read.size(), IDLE_WAIT) : List.of()) {
                read.addAll(part);
            }
            return read;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    @Override
    public void close() {
        followers.dispose();
    }
}
