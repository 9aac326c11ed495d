package dev.muster.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.store.EmbeddedStore;
import dev.muster.store.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DurableTimersTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    @TempDir
    Path dir;

    private EmbeddedStore store;
    private DurableTimers timers;
    private final List<String> fired = new CopyOnWriteArrayList<>();
    private final Instant past = Instant.now().minusSeconds(60);

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(StoreSettings.at(dir.resolve("events")), Clock.systemUTC());
        timers = new DurableTimers(store, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        timers.close();
        store.close();
    }

    private dev.muster.store.Timers stored() {
        return new dev.muster.store.Timers(store);
    }

    @Test
    void eachFiresOnceAndIsForgotten() {
        timers.onDue("owner", (key, payload) -> fired.add(key + "=" + payload.length));
        for (int i = 0; i < 1_200; i++) {
            timers.set("owner", "k" + i, past, new byte[i % 3]);
        }
        timers.set("owner", "later", Instant.now().plusSeconds(3_600), new byte[0]);
        timers.start();
        await().atMost(WAIT_MAX).until(() -> stored().due(Instant.now(), 1).isEmpty());
        assertThat(fired).hasSize(1_200).doesNotHaveDuplicates().doesNotContain("later=0");
        assertThat(stored().get("owner|later")).isPresent();
    }

    /** Such as a rollback of a million devices. */
    @Test
    void oneThatTakesLongHoldsUpNobody() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        timers.onDue("slow", (key, payload) -> {
            runs.incrementAndGet();
            begun.countDown();
            waitFor(end);
        });
        timers.onDue("quick", (key, payload) -> fired.add(key));
        timers.set("slow", "a", past.minusSeconds(1), new byte[0]);
        timers.start();
        assertThat(begun.await(WAIT_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        timers.set("quick", "b", past, new byte[0]);
        await().atMost(WAIT_MAX).until(() -> fired.contains("b"));
        timers.set("quick", "c", past, new byte[0]);
        await().atMost(WAIT_MAX).until(() -> fired.contains("c"));
        assertThat(runs).as("looked at again while it was at work").hasValue(1);
        end.countDown();
        await().atMost(WAIT_MAX).until(() -> stored().get("slow|a").isEmpty());
    }

    @Test
    void thoseThatFailStarveNobodyAndAreTriedAgain() {
        timers.onDue("sick", (key, payload) -> {
            if (!fired.contains("well")) {
                throw new IllegalStateException("not now");
            }
            fired.add(key);
        });
        timers.onDue("well", (key, payload) -> fired.add("well"));
        for (int i = 0; i < 700; i++) {
            timers.set("sick", "k" + i, past.minusSeconds(10), new byte[0]);
        }
        timers.set("well", "w", past, new byte[0]);
        timers.start();
        await().atMost(WAIT_MAX).until(() -> fired.size() == 701);
        assertThat(fired).doesNotHaveDuplicates();
    }

    @Test
    void oneThatIsSetAnewWhileItFiresStays() {
        Instant next = Instant.now().plusSeconds(3_600);
        timers.onDue("owner", (key, payload) -> {
            timers.set("owner", key, next, new byte[0]);
            fired.add(key);
        });
        timers.set("owner", "k", past, new byte[0]);
        timers.start();
        await().atMost(WAIT_MAX).until(() -> fired.size() == 1);
        assertThat(stored().get("owner|k")).isPresent();
    }

    private static void waitFor(CountDownLatch end) {
        try {
            if (!end.await(WAIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody ended it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
