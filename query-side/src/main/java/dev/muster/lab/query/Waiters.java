package dev.muster.lab.query;

import dev.muster.kernel.KernelRefusal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Those who wait until a thing in memory is as they want it. One thread changes the things and then tells; nobody takes
 * a lock for it. Who joins looks once more afterwards: a change that came between the first look and the joining is
 * seen by that second look, any later one is told. Answers leave on the scheduler, so that what somebody does with one
 * never holds up the thread that tells.
 */
final class Waiters<K, V> {

    private final ConcurrentHashMap<K, Set<Waiter>> byKey = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Function<K, @Nullable V> find;
    private final boolean absentEnds;
    private final int most;
    private final Scheduler scheduler;

    /**
     * @param find how the thing is now, null if there is none
     * @param absentEnds whether nobody waits for a thing that is not there, or not any more
     * @param most how many may wait at a time
     * @param scheduler for time-outs and answers
     */
    Waiters(Function<K, @Nullable V> find, boolean absentEnds, int most, Scheduler scheduler) {
        this.find = find;
        this.absentEnds = absentEnds;
        this.most = most;
        this.scheduler = scheduler;
    }

    /** The thing as soon as it is like that, at once if it is; completes empty after {@code waitMax}. */
    Mono<V> when(K key, Predicate<V> like, Duration waitMax) {
        return Mono.defer(() -> {
            V now = find.apply(key);
            if (now != null && like.test(now)) {
                return Mono.just(now);
            }
            if (now == null && absentEnds || !waitMax.isPositive()) {
                return Mono.empty();
            }
            return Mono.<V>create(sink -> join(key, new Waiter(sink, like)))
                    .take(waitMax, scheduler)
                    .publishOn(scheduler);
        });
    }

    /** Tells all who wait for it how it is now. */
    void tell(K key, @Nullable V value) {
        Set<Waiter> waiting = byKey.get(key);
        if (waiting != null) {
            waiting.forEach(each -> each.hear(value));
        }
    }

    /** How many wait. */
    int size() {
        return count.get();
    }

    private void join(K key, Waiter waiter) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            waiter.sink.error(KernelRefusal.OVERLOADED.because(most + " callers are waiting already."));
            return;
        }
        byKey.compute(key, (any, waiting) -> {
            Set<Waiter> all = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
            all.add(waiter);
            return all;
        });
        waiter.sink.onDispose(() -> leave(key, waiter));
        waiter.hear(find.apply(key));
    }

    private void leave(K key, Waiter waiter) {
        byKey.computeIfPresent(key, (any, waiting) -> {
            if (waiting.remove(waiter)) {
                count.decrementAndGet();
            }
            return waiting.isEmpty() ? null : waiting;
        });
    }

    /** One who waits; told twice, the first answer counts. */
    private final class Waiter {
        private final MonoSink<V> sink;
        private final Predicate<V> like;

        private Waiter(MonoSink<V> sink, Predicate<V> like) {
            this.sink = sink;
            this.like = like;
        }

        private void hear(@Nullable V value) {
            if (value == null) {
                if (absentEnds) {
                    sink.success();
                }
                return;
            }
            try {
                if (like.test(value)) {
                    sink.success(value);
                }
            } catch (RuntimeException wrong) {
                // A question that cannot be answered is the asker's trouble, not that of the thread that tells.
                sink.error(wrong);
            }
        }
    }
}
