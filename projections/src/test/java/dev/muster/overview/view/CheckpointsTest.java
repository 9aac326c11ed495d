package dev.muster.overview.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

    private static final Duration SELDOM = Duration.ofHours(1);

    private final List<String> happened = new CopyOnWriteArrayList<>();

    private Checkpoints seldom() {
        return new Checkpoints(() -> happened.add("saved"), () -> false, SELDOM);
    }

    @Test
    void whoIsLateAfterTheLastSaveIsRefused() {
        Checkpoints checkpoints = seldom();
        checkpoints.together(() -> happened.add("written"));
        checkpoints.close();

        assertThatThrownBy(() -> checkpoints.together(() -> happened.add("late")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(happened).containsExactly("written", "saved");
    }

    @Test
    void theLastSaveWaitsForWhoIsWriting() throws Exception {
        Checkpoints checkpoints = seldom();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> checkpoints.together(() -> {
            begun.countDown();
            await().until(() -> goOn.getCount() == 0);
            happened.add("written");
        }));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(checkpoints::close);

        await().during(Duration.ofMillis(100)).until(happened::isEmpty);
        goOn.countDown();

        writer.get(10, TimeUnit.SECONDS);
        closing.get(10, TimeUnit.SECONDS);
        assertThat(happened).containsExactly("written", "saved");
    }

    @Test
    void theLastSaveIsWaitedForOnAThreadThatIsInterrupted() {
        Checkpoints checkpoints = new Checkpoints(
                () -> {
                    await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                    happened.add("saved");
                },
                () -> false,
                SELDOM);

        Thread.currentThread().interrupt();
        checkpoints.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(happened).containsExactly("saved");
    }

    @Test
    void aStoreThatIsFullIsSavedBeforeItsTime() {
        AtomicBoolean full = new AtomicBoolean();
        AtomicInteger saves = new AtomicInteger();
        Runnable save = () -> {
            full.set(false);
            saves.incrementAndGet();
        };
        try (Checkpoints checkpoints = new Checkpoints(save, full::get, SELDOM)) {
            checkpoints.together(() -> full.set(true));

            await().until(() -> saves.get() == 1);
            await().during(Duration.ofMillis(100)).until(() -> saves.get() == 1);
        }
    }

    @Test
    void aStoreThatCannotBeSavedIsNotTriedAgainAtOnceThoughItIsFull() {
        AtomicInteger tries = new AtomicInteger();
        Runnable save = () -> {
            tries.incrementAndGet();
            throw new IllegalStateException("the disk is full");
        };
        try (Checkpoints checkpoints = new Checkpoints(save, () -> true, SELDOM)) {
            await().until(() -> tries.get() == 1);
            await().during(Duration.ofMillis(200)).until(() -> tries.get() == 1);
            checkpoints.together(() -> happened.add("written"));
        }
        assertThat(happened).containsExactly("written");
    }
}
