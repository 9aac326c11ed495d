package dev.muster.kernel.command;

import dev.muster.kernel.KernelRefusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A queue for each key: pieces of work about one key pass one at a time, in order of arrival, without blocking a thread;
 * different keys do not wait for each other. Work that has begun is finished even when whoever asked for it hangs up:
 * the next in line must not overtake a half-done change. A queue without work is forgotten.
 *
 * @param <K> of what there is a queue each
 */
public final class OneAtATimePer<K> {

    /** The end of the last piece of work in each queue. */
    private final Map<K, Mono<Void>> last = new ConcurrentHashMap<>();

    private final AtomicInteger waiting = new AtomicInteger();
    private final int waitingMax;
    private final String overloaded;
    private final Scheduler turns;

    /**
     * The next one starts on a thread of its own: a long queue of quick refusals would else be a deep stack.
     *
     * @param waitingMax pieces of work that wait or run, all keys together
     * @param overloaded what those are told, with {@link KernelRefusal#OVERLOADED}, who come when there are more
     */
    public OneAtATimePer(int waitingMax, String overloaded) {
        this(waitingMax, overloaded, Schedulers.parallel());
    }

    /** @param turns where work starts that had to wait */
    OneAtATimePer(int waitingMax, String overloaded, Scheduler turns) {
        this.waitingMax = waitingMax;
        this.overloaded = overloaded;
        this.turns = turns;
    }

    public <T> Mono<T> run(K key, Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (waiting.incrementAndGet() > waitingMax) {
                waiting.decrementAndGet();
                return Mono.error(KernelRefusal.OVERLOADED.because(overloaded));
            }
            Sinks.Empty<Void> done = Sinks.empty();
            Mono<Void> end = done.asMono();
            Mono<Void> before = last.put(key, end);
            Mono<T> turn = before == null ? work : before.publishOn(turns).then(work);
            Mono<T> mine = turn.doFinally(how -> {
                        last.remove(key, end);
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
