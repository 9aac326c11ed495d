package dev.muster.observe.command;

import dev.muster.kernel.KernelRefusal;
import dev.muster.observe.Uid;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * A queue for each uid: pieces of work about one uid pass one at a time, in order of arrival, without blocking a thread;
 * different uids do not wait for each other. Work that has begun is finished even when whoever asked for it hangs up:
 * the next in line must not overtake a half-done change. A queue without work is forgotten.
 */
final class UidQueues {

    /** Pieces of work that wait or run, all uids together. */
    private static final int WAITING_MAX = 10_000;

    /** The end of the last piece of work in each queue. */
    private final Map<Uid, Mono<Void>> last = new ConcurrentHashMap<>();

    private final AtomicInteger waiting = new AtomicInteger();

    <T> Mono<T> run(Uid uid, Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (waiting.incrementAndGet() > WAITING_MAX) {
                waiting.decrementAndGet();
                return Mono.error(KernelRefusal.OVERLOADED.because("Too many enrolments are waiting."));
            }
            Sinks.Empty<Void> done = Sinks.empty();
            Mono<Void> end = done.asMono();
            Mono<Void> before = last.put(uid, end);
            // The next one starts on a thread of its own: a long queue of quick refusals would else be a deep stack.
            Mono<T> turn = before == null
                    ? work
                    : before.publishOn(Schedulers.parallel()).then(work);
            Mono<T> mine = turn.doFinally(how -> {
                        last.remove(uid, end);
                        waiting.decrementAndGet();
                        done.tryEmitEmpty();
                    })
                    .contextWrite(context);
            return Mono.fromFuture(mine.toFuture(), true);
        });
    }

    /** Queues with work in them. */
    int size() {
        return last.size();
    }
}
