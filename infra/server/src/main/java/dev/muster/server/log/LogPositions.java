package dev.muster.server.log;

import dev.muster.kernel.Positions;
import java.time.Duration;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/** How far this node has read. */
public final class LogPositions implements Positions {

    private final Log log;
    private final LogTail tail;
    private final BiFunction<Long, Duration, Mono<Void>> views;

    /** @param views waits until every projection has passed a position */
    public LogPositions(Log log, LogTail tail, BiFunction<Long, Duration, Mono<Void>> views) {
        this.log = log;
        this.tail = tail;
        this.views = views;
    }

    @Override
    public long committed() {
        return log.committed();
    }

    @Override
    public long folded() {
        return tail.folded();
    }

    @Override
    public Mono<Void> folded(long position, Duration waitMax) {
        return tail.folded(position, waitMax);
    }

    @Override
    public Mono<Void> viewed(long position, Duration waitMax) {
        return views.apply(position, waitMax);
    }
}
