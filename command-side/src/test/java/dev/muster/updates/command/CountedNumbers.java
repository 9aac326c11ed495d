package dev.muster.updates.command;

import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** One, two, three. */
final class CountedNumbers implements Numbers {

    private final AtomicLong last = new AtomicLong();

    @Override
    public Mono<Long> next(Series series) {
        return Mono.fromSupplier(last::incrementAndGet);
    }

    @Override
    public Mono<Long> next(Series series, int count) {
        return Mono.fromSupplier(() -> last.getAndAdd(count) + 1);
    }
}
