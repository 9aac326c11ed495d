package dev.muster.updates.command;

import dev.muster.kernel.Positions;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Folds that have always seen everything. */
public final class AllSeen implements Positions {

    @Override
    public long committed() {
        return Long.MAX_VALUE;
    }

    @Override
    public long folded() {
        return Long.MAX_VALUE;
    }

    @Override
    public Mono<Void> folded(long position, Duration waitMax) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> viewed(long position, Duration waitMax) {
        return Mono.empty();
    }
}
