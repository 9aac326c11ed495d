package dev.muster.kernel.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.KernelRefusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class OneAtATimePerTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final String A = "a";
    private static final String B = "b";

    private final OneAtATimePer<String> queues = new OneAtATimePer<>(10_000, "Too many are waiting.");

    @Test
    void neverTwoAtOnceForOneKey() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Mono<Integer> work = Mono.fromSupplier(() -> most.accumulateAndGet(inside.incrementAndGet(), Math::max))
                .delayElement(Duration.ofMillis(1))
                .doOnTerminate(inside::decrementAndGet);
        long done = Flux.range(0, 200)
                .flatMap(i -> queues.run(A, work).subscribeOn(Schedulers.parallel()), 200)
                .count()
                .block(WAIT_MAX);
        assertThat(done).isEqualTo(200);
        assertThat(most).hasValue(1);
    }

    @Test
    void differentKeysDoNotWaitForEachOther() {
        Sinks.Empty<Void> gate = Sinks.empty();
        Mono<Void> stuck = queues.run(A, gate.asMono());
        stuck.subscribe();
        assertThat(queues.run(B, Mono.just("in")).block(WAIT_MAX)).isEqualTo("in");
        gate.tryEmitEmpty();
    }

    @Test
    void afterAFailureTheNextComesIn() {
        Mono<Object> failing = queues.run(A, Mono.error(new IllegalStateException("no")));
        assertThat(failing.onErrorResume(e -> Mono.just("failed")).block(WAIT_MAX))
                .isEqualTo("failed");
        assertThat(queues.run(A, Mono.just("in")).block(WAIT_MAX)).isEqualTo("in");
    }

    @Test
    void aLongQueueOfQuickWorkIsNoDeepStack() {
        Sinks.Empty<Void> gate = Sinks.empty();
        AtomicInteger done = new AtomicInteger();
        queues.run(A, gate.asMono()).subscribe();
        for (int i = 0; i < 9_000; i++) {
            queues.run(A, Mono.fromSupplier(done::incrementAndGet)).subscribe();
        }
        gate.tryEmitEmpty();
        assertThat(queues.run(A, Mono.fromSupplier(done::get)).block(WAIT_MAX)).isEqualTo(9_000);
    }

    @Test
    void theQueuesHaveAnEndAndAreForgotten() {
        Sinks.Empty<Void> gate = Sinks.empty();
        for (int i = 0; i < 10_000; i++) {
            queues.run("key-" + i % 100, gate.asMono()).subscribe();
        }
        assertRefused(
                KernelRefusal.OVERLOADED, () -> queues.run(A, Mono.just("late")).block(WAIT_MAX));
        gate.tryEmitEmpty();
        Awaitility.await().atMost(WAIT_MAX).until(() -> queues.size() == 0);
        assertThat(queues.run(A, Mono.just("in")).block(WAIT_MAX)).isEqualTo("in");
    }

    @Test
    void theContextOfWhoAsksReachesTheWork() {
        String seen = queues.run(A, Mono.deferContextual(context -> Mono.just(context.<String>get("who"))))
                .contextWrite(context -> context.put("who", "ann"))
                .block(WAIT_MAX);
        assertThat(seen).isEqualTo("ann");
    }
}
