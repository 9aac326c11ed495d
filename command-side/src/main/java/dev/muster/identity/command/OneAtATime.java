package dev.muster.identity.command;

import dev.muster.kernel.KernelRefusal;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A door that lets one piece of work through at a time, in order of arrival, without blocking a thread. Work that has
 * begun is finished even when whoever asked for it hangs up: the next in line must not overtake a half-done change.
 */
final class OneAtATime {

    private static final int WAITING_MAX = 256;

    private final AtomicReference<Mono<Void>> last = new AtomicReference<>(Mono.empty());
    private final AtomicInteger waiting = new AtomicInteger();

    <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (waiting.incrementAndGet() > WAITING_MAX) {
                waiting.decrementAndGet();
                return Mono.error(KernelRefusal.OVERLOADED.because("Too many changes of accounts are waiting."));
            }
            Sinks.Empty<Void> done = Sinks.empty();
            Mono<Void> before = last.getAndSet(done.asMono());
            Mono<T> mine = before.then(work)
                    .doFinally(end -> {
                        waiting.decrementAndGet();
                        done.tryEmitEmpty();
                    })
                    .contextWrite(context);
            return Mono.fromFuture(mine.toFuture(), true);
        });
    }
}
