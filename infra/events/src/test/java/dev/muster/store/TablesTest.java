package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.HandClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers, vault and idempotency keys, and what else may lie beside them. */
class TablesTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir
    Path dir;

    private final HandClock clock = HandClock.at(NOON);
    private EmbeddedStore store;

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(StoreSettings.at(dir), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void timersSurviveAndComeInOrderOfTheirTime() {
        Timers timers = new Timers(store);
        timers.schedule("late", NOON.plusSeconds(3), bytes("3"));
        timers.schedule("early", NOON.plusSeconds(1), bytes("1"));
        timers.schedule("moved", NOON.plusSeconds(1), bytes("x"));
        timers.schedule("moved", NOON.plusSeconds(2), bytes("2"));
        timers.schedule("cancelled", NOON, bytes("x"));
        assertThat(timers.cancel("cancelled")).isTrue();
        assertThat(timers.cancel("cancelled")).isFalse();
        close();
        open();
        timers = new Timers(store);

        assertThat(timers.next()).contains(NOON.plusSeconds(1));
        assertThat(timers.due(NOON, 10)).isEmpty();
        assertThat(timers.due(NOON.plusSeconds(2), 10))
                .extracting(Timers.Timer::key)
                .containsExactly("early", "moved");
        assertThat(timers.due(NOON.plusSeconds(9), 2)).hasSize(2);
        assertThat(timers.due(NOON.plusSeconds(9), 10))
                .extracting(timer -> new String(timer.payload(), StandardCharsets.UTF_8))
                .containsExactly("1", "2", "3");
    }

    @Test
    void aFiredTimerStaysUntilItIsCompletedAndANewerOneIsNotCompletedWithIt() {
        Timers timers = new Timers(store);
        timers.schedule("t", NOON, bytes("a"));
        Timers.Timer fired = timers.due(NOON, 1).getFirst();
        close();
        open();
        timers = new Timers(store);
        assertThat(timers.due(NOON, 1)).hasSize(1);
        timers.schedule("t", NOON.plusSeconds(60), bytes("b"));
        assertThat(timers.complete(fired)).isFalse();
        assertThat(timers.get("t")).isPresent();
        assertThat(timers.complete(timers.due(NOON.plusSeconds(60), 1).getFirst()))
                .isTrue();
        assertThat(timers.get("t")).isEmpty();
        assertThat(timers.next()).isEmpty();
    }

    @Test
    void manyTimersAreSetAndCancelledAtOnceAndTheLastWordOnEachCounts() {
        Timers timers = new Timers(store);
        timers.schedule("moved", NOON.plusSeconds(1), bytes("old"));
        timers.schedule("cancelled", NOON.plusSeconds(1), bytes("x"));
        List<Timers.Change> changes = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            changes.add(new Timers.Change("t" + i, NOON.plusMillis(i), bytes("")));
        }
        changes.add(new Timers.Change("moved", NOON.plusSeconds(60), bytes("new")));
        changes.add(new Timers.Change("cancelled", null, bytes("")));
        changes.add(new Timers.Change("t7", null, bytes("")));
        changes.add(new Timers.Change("t8", null, bytes("")));
        changes.add(new Timers.Change("t8", NOON.plusSeconds(61), bytes("")));
        changes.add(new Timers.Change("unknown", null, bytes("")));
        timers.change(changes);
        close();
        open();
        timers = new Timers(store);

        assertThat(timers.due(NOON.plusMillis(1_199), 2_000)).hasSize(1_198);
        assertThat(timers.due(NOON.plusSeconds(99), 2_000))
                .extracting(Timers.Timer::key)
                .endsWith("t1199", "moved", "t8")
                .doesNotContain("t7", "cancelled", "unknown")
                .hasSize(1_200)
                .doesNotHaveDuplicates();
        assertThat(timers.get("moved").orElseThrow().payload()).isEqualTo(bytes("new"));
    }

    /** Two who change the same timers in another order each must not wait for each other. */
    @Test
    void whoeverChangesManyWaitsForNobodyForEver() throws Exception {
        Timers timers = new Timers(store);
        List<Timers.Change> there = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            there.add(new Timers.Change("t" + i, NOON.plusMillis(i), bytes("")));
        }
        List<Timers.Change> back = there.reversed();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(threads.submit(() -> timers.change(there)));
                all.add(threads.submit(() -> timers.change(back)));
                all.add(threads.submit(() -> timers.schedule("t7", NOON, bytes(""))));
            }
            for (Future<?> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(timers.due(NOON.plusSeconds(1), 1_000)).hasSize(200);
    }

    @Test
    void aTimerIsNeverDueEarly() {
        Timers timers = new Timers(store);
        Instant due = NOON.plusNanos(1);
        timers.schedule("t", due, bytes(""));
        assertThat(timers.due(NOON, 1)).isEmpty();
        assertThat(timers.due(NOON.plusMillis(1), 1)).hasSize(1);
        assertThat(timers.get("t").orElseThrow().due()).isAfterOrEqualTo(due);
    }

    @Test
    void ofManyWhoBringTheSameKeyOneIsFirst() throws Exception {
        int rivals = 8;
        int rounds = 50;
        IdempotencyTable table = new IdempotencyTable(store);
        CyclicBarrier together = new CyclicBarrier(rivals);
        AtomicIntegerArray firsts = new AtomicIntegerArray(rounds);
        try (ExecutorService threads = Executors.newFixedThreadPool(rivals)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < rivals; i++) {
                byte[] value = bytes("answer " + i);
                all.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        together.await();
                        if (table.putIfAbsent("key " + round, value, NOON.plusSeconds(60))
                                .isEmpty()) {
                            firsts.incrementAndGet(round);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
        }
        for (int round = 0; round < rounds; round++) {
            assertThat(firsts.get(round)).as("round %d", round).isEqualTo(1);
        }
    }

    @Test
    void aKeyIsForgottenWhenItExpires() {
        IdempotencyTable table = new IdempotencyTable(store);
        assertThat(table.putIfAbsent("k", bytes("1"), NOON.plusSeconds(10))).isEmpty();
        assertThat(table.putIfAbsent("k", bytes("2"), NOON.plusSeconds(10))).hasValue(bytes("1"));
        table.put("k", bytes("3"), NOON.plusSeconds(10));
        table.put("other", bytes("x"), NOON.plusSeconds(99));
        close();
        open();
        table = new IdempotencyTable(store);
        assertThat(table.get("k")).hasValue(bytes("3"));
        assertThat(table.purge(100)).isZero();
        clock.advance(Duration.ofSeconds(10));
        assertThat(table.get("k")).isEmpty();
        assertThat(table.putIfAbsent("k", bytes("4"), NOON.plusSeconds(11))).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(table.purge(100)).isEqualTo(1);
        assertThat(table.get("other")).hasValue(bytes("x"));
        assertThat(table.remove("other")).isTrue();
        assertThat(table.get("other")).isEmpty();
    }

    @Test
    void theVaultKeepsScansAndForgets() {
        Vault vault = new Vault(store);
        for (String key : List.of("person/1", "person/2", "person/3", "secret/1")) {
            vault.put(key, bytes("value of " + key));
        }
        vault.put("person/2", bytes("changed"));
        vault.delete("person/1");
        close();
        open();
        vault = new Vault(store);
        assertThat(vault.get("person/1")).isEmpty();
        assertThat(vault.get("person/2")).hasValue(bytes("changed"));
        assertThat(vault.scan("person/", "", 10)).extracting(Vault.Entry::key).containsExactly("person/2", "person/3");
        assertThat(vault.scan("person/", "person/2", 10))
                .extracting(Vault.Entry::key)
                .containsExactly("person/3");
        assertThat(vault.scan("", "", 2)).hasSize(2);
    }

    @Test
    void aScrubbedVaultHasNoTraceLeftInItsFiles() throws Exception {
        Vault vault = new Vault(store);
        vault.put("person/1", bytes("Ada-Lovelace-canary"));
        vault.put("person/2", bytes("somebody else"));
        assertThat(filesContaining("Ada-Lovelace-canary")).isNotEmpty();
        vault.delete("person/1");
        vault.scrub();
        assertThat(filesContaining("Ada-Lovelace-canary")).isEmpty();
        assertThat(vault.get("person/2")).isPresent();
    }

    @Test
    void aStoreWithTablesOfAnotherVersionOpens() throws Exception {
        new Vault(store).put("person/1", bytes("here"));
        close();
        Tampering.addTable(dir, "tokens");
        Tampering.addTable(dir, "of-the-future");
        for (int round = 0; round < 2; round++) {
            open();
            assertThat(new Vault(store).get("person/1")).hasValue(bytes("here"));
            Samples.fill(store, "a", round, round + 1);
            close();
        }
        try (EmbeddedStore reading = EmbeddedStore.openReadOnly(dir, clock)) {
            assertThat(reading.read(0, 10)).hasSize(2);
        }
        open();
    }

    private List<Path> filesContaining(String text) throws Exception {
        try (Stream<Path> files = Files.walk(dir)) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
            return found;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
