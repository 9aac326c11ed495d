package dev.muster.updates.ddi;

import dev.muster.kernel.Positions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** A log whose folds can be held back. */
final class FakeLog implements Positions {

    final AtomicLong position = new AtomicLong(-1);
    volatile long lag;
    volatile Mono<Void> catchUp = Mono.empty();

    @Override
    public long committed() {
        return position.get();
    }

    @Override
    public long folded() {
        return position.get() - lag;
    }

    @Override
    public Mono<Void> folded(long wanted, Duration waitMax) {
        return folded() >= wanted ? Mono.empty() : catchUp;
    }

    @Override
    public Mono<Void> viewed(long wanted, Duration waitMax) {
        return Mono.empty();
    }
}
