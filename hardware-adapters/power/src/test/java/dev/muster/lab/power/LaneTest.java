package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        loop.shutdownNow();
    }

    @Test
    void workIsDoneInOrderAndOneAtATime() throws Exception {
        Lane lane = new Lane("it", 10_000, Duration.ofSeconds(30), loop);
        List<Integer> done = new ArrayList<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> last = lane.run(() -> first);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            last = lane.run(() -> CompletableFuture.completedFuture(null).thenAccept(_ -> done.add(number)));
        }
        assertThat(done).isEmpty();
        first.complete(null);
        last.get();
        assertThat(done).hasSize(10_000).isSorted();
        await().until(lane::isIdle);
    }

    @Test
    void workThatThrowsDoesNotBlockTheLane() throws Exception {
        Lane lane = new Lane("it", 1, Duration.ofSeconds(30), loop);
        CompletableFuture<String> broken = lane.run(() -> {
            throw new IllegalStateException("broken");
        });
        assertThat(broken).isCompletedExceptionally();
        assertThat(lane.run(() -> CompletableFuture.completedFuture("next")).get())
                .isEqualTo("next");
    }

    @Test
    void whatWaitsTooLongIsNotDoneAtAll() {
        Lane lane = new Lane("it", 1, Duration.ofMillis(50), loop);
        CompletableFuture<Void> first = new CompletableFuture<>();
        lane.run(() -> first);
        List<String> done = new ArrayList<>();
        CompletableFuture<Boolean> second = lane.run(() -> CompletableFuture.completedFuture(done.add("second")));
        await().until(second::isCompletedExceptionally);
        first.complete(null);
        await().until(lane::isIdle);
        assertThat(done).isEmpty();
    }

    @Test
    void theBreakerOpensRestsTriesOnceAndCloses() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofNanos(10), now::get);
        breaker.failed();
        breaker.failed();
        assertThat(breaker.lets()).isTrue();
        breaker.succeeded();
        breaker.failed();
        breaker.failed();
        assertThat(breaker.lets()).as("successes count anew").isTrue();
        breaker.failed();
        assertThat(breaker.lets()).isFalse();
        assertThat(breaker.isClosed()).isFalse();
        now.addAndGet(10);
        assertThat(breaker.lets()).as("half open").isTrue();
        breaker.failed();
        assertThat(breaker.lets()).isFalse();
        now.addAndGet(10);
        breaker.succeeded();
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.lets()).isTrue();
    }
}
