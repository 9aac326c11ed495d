package dev.muster.kernel.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.KernelRefusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class OneAtATimeTest {

    private final OneAtATime door = new OneAtATime(256, "Too many are waiting.");

    @Test
    void neverTwoAtOnce() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Mono<Integer> work = Mono.fromSupplier(() -> most.accumulateAndGet(inside.incrementAndGet(), Math::max))
                .delayElement(Duration.ofMillis(1))
                .doOnTerminate(inside::decrementAndGet);
        long done = Flux.range(0, 200)
                .flatMap(i -> door.run(work).subscribeOn(Schedulers.parallel()), 200)
                .count()
                .block(Duration.ofSeconds(20));
        assertThat(done).isEqualTo(200);
        assertThat(most).hasValue(1);
    }

    @Test
    void afterAFailureTheNextComesIn() {
        Mono<Object> failing = door.run(Mono.error(new IllegalStateException("no")));
        assertThat(failing.onErrorResume(e -> Mono.just("failed")).block()).isEqualTo("failed");
        assertThat(door.run(Mono.just("in")).block()).isEqualTo("in");
    }

    @Test
    void workOfSomeoneWhoHungUpIsFinishedBeforeTheNextBegins() {
        List<String> order = new CopyOnWriteArrayList<>();
        Sinks.Empty<Void> gate = Sinks.empty();
        door.run(gate.asMono().then(Mono.fromRunnable(() -> order.add("first"))))
                .subscribe()
                .dispose();
        Mono<Void> second = door.run(Mono.<Void>fromRunnable(() -> order.add("second")));
        second.subscribe();
        assertThat(order).isEmpty();
        gate.tryEmitEmpty();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void theQueueHasAnEnd() {
        Sinks.Empty<Void> gate = Sinks.empty();
        for (int i = 0; i < 256; i++) {
            door.run(gate.asMono()).subscribe();
        }
        assertRefused(
                KernelRefusal.OVERLOADED, () -> door.run(Mono.just("late")).block());
        gate.tryEmitEmpty();
        assertThat(door.run(Mono.just("in")).block()).isEqualTo("in");
    }

    @Test
    void theContextOfWhoAsksReachesTheWork() {
        String seen = door.run(Mono.deferContextual(context -> Mono.just(context.<String>get("who"))))
                .contextWrite(context -> context.put("who", "ann"))
                .block();
        assertThat(seen).isEqualTo("ann");
    }
}
