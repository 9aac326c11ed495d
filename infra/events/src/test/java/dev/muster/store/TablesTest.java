package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timers, vault and idempotency keys. */
class TablesTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    /** A clock that is moved by hand. */
    private static final class HandClock extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TempDir
    Path dir;

    private final HandClock clock = new HandClock();
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
        clock.now = NOON.plusSeconds(10);
        assertThat(table.get("k")).isEmpty();
        assertThat(table.putIfAbsent("k", bytes("4"), NOON.plusSeconds(11))).isEmpty();
        clock.now = NOON.plusSeconds(20);
        assertThat(table.purge(100)).isEqualTo(1);
        assertThat(table.get("other")).hasValue(bytes("x"));
        assertThat(table.remove("other")).isTrue();
        assertThat(table.get("other")).isEmpty();
    }

    @Test
    void aStagedAnswerIsKeptWithItsEventsOrNotAtAll() {
        IdempotencyTable table = new IdempotencyTable(store);
        var json = Serializers.json();
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(RocksEventStorageEngine.over(store, json, json))
                .build();
        for (boolean conflict : List.of(false, true)) {
            UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("command"));
            events.publish(new GenericDomainEventMessage<>("device", "d", 0, "registered"));
            table.stage("key " + conflict, bytes("201"), NOON.plusSeconds(60));
            assertThat(table.get("key " + conflict)).isEmpty();
            if (conflict) {
                assertThatThrownBy(unit::commit).isInstanceOf(RuntimeException.class);
            } else {
                unit.commit();
            }
        }
        assertThat(table.get("key false")).hasValue(bytes("201"));
        assertThat(table.get("key true")).isEmpty();
        assertThat(store.committed()).isZero();
        events.shutDown();
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
    void aClaimHoldsUntilItIsReleasedOrRunsOut() {
        var json = Serializers.json();
        RocksTokenStore one = new RocksTokenStore(store, json, "one", Duration.ofSeconds(5));
        RocksTokenStore two = new RocksTokenStore(store, json, "two", Duration.ofSeconds(5));
        one.initializeTokenSegments("p", 2, RocksEventStorageEngine.token(3));
        assertThat(one.fetchToken("p", 0)).isEqualTo(RocksEventStorageEngine.token(3));
        assertThatThrownBy(() -> two.fetchToken("p", 0)).hasMessageContaining("claimed by another");
        assertThatThrownBy(() -> two.storeToken(RocksEventStorageEngine.token(9), "p", 0))
                .hasMessageContaining("claimed by another");
        assertThat(two.fetchAvailableSegments("p"))
                .extracting(segment -> segment.getSegmentId())
                .containsExactly(1);
        clock.now = NOON.plusSeconds(4);
        one.extendClaim("p", 0);
        clock.now = NOON.plusSeconds(8);
        assertThatThrownBy(() -> two.fetchToken("p", 0)).hasMessageContaining("claimed by another");
        clock.now = NOON.plusSeconds(10);
        assertThat(two.fetchToken("p", 0)).isEqualTo(RocksEventStorageEngine.token(3));
        two.releaseClaim("p", 0);
        assertThat(one.fetchToken("p", 0)).isEqualTo(RocksEventStorageEngine.token(3));
    }

    @Test
    void tokensSurviveAndSegmentsAreInitialisedOnce() {
        var json = Serializers.json();
        RocksTokenStore tokens = new RocksTokenStore(store, json, "one");
        assertThatThrownBy(() -> tokens.fetchToken("p", 0)).hasMessageContaining("has no token");
        assertThatThrownBy(() -> tokens.storeToken(null, "p", 0)).hasMessageContaining("has no token");
        tokens.initializeTokenSegments("p", 3);
        assertThatThrownBy(() -> tokens.initializeTokenSegments("p", 3)).hasMessageContaining("already");
        assertThatThrownBy(() -> tokens.initializeSegment(null, "p", 2)).hasMessageContaining("already");
        tokens.storeToken(RocksEventStorageEngine.token(41), "p", 1);
        assertThatThrownBy(() -> tokens.deleteToken("p", 2)).hasMessageContaining("not claimed");
        tokens.fetchToken("p", 2);
        tokens.deleteToken("p", 2);
        close();
        open();
        RocksTokenStore again = new RocksTokenStore(store, json, "one");
        assertThat(again.fetchSegments("p")).containsExactly(0, 1);
        assertThat(again.fetchSegments("other")).isEmpty();
        assertThat(again.fetchToken("p", 0)).isNull();
        assertThat(again.fetchToken("p", 1)).isEqualTo(RocksEventStorageEngine.token(41));
        assertThat(again.retrieveStorageIdentifier()).contains(store.facts().storeId());
    }

    @Test
    void aTokenMovesOnlyTogetherWithTheEventsOfItsUnitOfWork() {
        var json = Serializers.json();
        RocksTokenStore tokens = new RocksTokenStore(store, json, "one");
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(RocksEventStorageEngine.over(store, json, json))
                .build();
        tokens.initializeTokenSegments("p", 1);
        for (int number : new int[] {0, 0}) {
            UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("batch"));
            long target = store.committed() + 1;
            tokens.storeToken(RocksEventStorageEngine.token(target), "p", 0);
            events.publish(new GenericDomainEventMessage<>("device", "d", number, "registered"));
            if (target == 0) {
                unit.commit();
            } else {
                assertThatThrownBy(unit::commit).isInstanceOf(RuntimeException.class);
            }
        }
        assertThat(tokens.fetchToken("p", 0)).isEqualTo(RocksEventStorageEngine.token(0));
        events.shutDown();
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
