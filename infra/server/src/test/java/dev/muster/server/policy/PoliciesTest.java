package dev.muster.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceCameBack;
import dev.muster.server.CameBack;
import dev.muster.server.EventSerializer;
import dev.muster.server.StoredNames;
import dev.muster.server.log.EmbeddedLog;
import dev.muster.server.log.LogHistory;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.StoreSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {

    @TempDir
    Path dir;

    private EmbeddedStore store;
    private EmbeddedLog log;
    private History history;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean poison = true;
    private final AtomicInteger busy = new AtomicInteger();

    private final Policy policy = new Policy() {
        @Override
        public String name() {
            return "when-tested-listen";
        }

        @Override
        public void react(List<Recorded> batch) {
            if (busy.getAndDecrement() > 0) {
                throw new IllegalStateException("not all could be asked", KernelRefusal.OVERLOADED.because("busy"));
            }
            for (Recorded recorded : batch) {
                if (poison
                        && recorded.event() instanceof DeviceCameBack e
                        && e.deviceId().value().equals("sick")) {
                    throw new IllegalStateException("cannot react to the sick one");
                }
            }
            batch.forEach(recorded -> heard.add(recorded.aggregate() + "@" + recorded.sequence()));
        }
    };

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(StoreSettings.at(dir.resolve("events")), Clock.systemUTC());
        log = new EmbeddedLog(store, EventSerializer.of(StoredNames.ALL), new EventUpcasterChain(), StoredNames.ALL);
        history = new LogHistory(log);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void happened(String device, long sequence) {
        store.append(List.of(CameBack.of(device, sequence)));
    }

    private Policies started(ParkedEvents parked) {
        Policies policies = new Policies(List.of(policy), log, new StoreVault(store), parked);
        policies.start();
        return policies;
    }

    @Test
    void aNewPolicyHearsOnlyWhatComesAfterIt() {
        happened("a", 0);
        try (Policies policies = started(new ParkedEvents(new StoreVault(store)))) {
            happened("a", 1);
            await().until(() -> heard.contains("device/a@1"));
            assertThat(heard).doesNotContain("device/a@0");
        }
    }

    @Test
    void itGoesOnWhereItStopped() {
        try (Policies policies = started(new ParkedEvents(new StoreVault(store)))) {
            happened("a", 0);
            await().until(() -> heard.contains("device/a@0"));
            await().until(() -> new Places(new StoreVault(store)).of("when-tested-listen", () -> -1) == 0);
        }
        happened("a", 1);
        try (Policies policies = started(new ParkedEvents(new StoreVault(store)))) {
            await().until(() -> heard.contains("device/a@1"));
            assertThat(heard).containsExactly("device/a@0", "device/a@1");
        }
    }

    /** More often than a batch and then its events are tried. */
    @Test
    void aBusyHouseIsNoPoison() {
        busy.set(12);
        ParkedEvents parked = new ParkedEvents(new StoreVault(store));
        try (Policies policies = started(parked)) {
            happened("a", 0);
            await().atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> heard.contains("device/a@0") || parked.size() > 0);
            assertThat(parked.size()).isZero();
        }
    }

    @Test
    void poisonWaitsInOrderWhileTheOthersGoOnAndIsDoneWhenItCanBe() {
        ParkedEvents parked = new ParkedEvents(new StoreVault(store));
        try (Policies policies = started(parked)) {
            happened("sick", 0);
            happened("a", 0);
            happened("sick", 1);
            await().atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> heard.contains("device/a@0") && parked.size() == 2);
            assertThat(heard).noneMatch(each -> each.startsWith("device/sick"));
            assertThat(new ParkedEvents(new StoreVault(store)).size())
                    .as("known after a restart")
                    .isEqualTo(2);

            poison = false;
            assertThat(policies.retry("when-tested-listen", "device/sick", history))
                    .hasValue(2);
            assertThat(parked.size()).isZero();
            assertThat(heard).containsSubsequence("device/sick@0", "device/sick@1");
            assertThat(policies.retry("no-such-policy", "device/sick", history)).isEmpty();
        }
    }
}
