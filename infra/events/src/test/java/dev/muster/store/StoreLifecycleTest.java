package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refused;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

class StoreLifecycleTest {

    @TempDir
    Path dir;

    @Test
    void aReopenedStoreGoesOnWhereItStopped() {
        String id;
        try (EmbeddedStore store = Samples.open(dir)) {
            assertThat(store.committed()).isEqualTo(-1);
            assertThat(store.read(0, 10)).isEmpty();
            Samples.fill(store, "a", 0, 3);
            id = store.facts().storeId();
        }
        try (EmbeddedStore store = Samples.open(dir)) {
            assertThat(store.facts().storeId()).isEqualTo(id);
            assertThat(store.committed()).isEqualTo(2);
            assertThat(store.append(List.of(Samples.event("a", 3)))).isEqualTo(3);
            assertThat(store.read(0, 10)).extracting(StoredEvent::position).containsExactly(0L, 1L, 2L, 3L);
            assertThatThrownBy(() -> store.append(List.of(Samples.event("a", 2))))
                    .isInstanceOf(ConcurrencyException.class)
                    .hasMessageContaining("a is at sequence 3");
        }
    }

    @Test
    void anEventThatWouldLeaveAGapInItsAggregateIsRefused() {
        try (EmbeddedStore store = Samples.open(dir)) {
            assertThatThrownBy(() -> store.append(List.of(Samples.event("a", 1))))
                    .isInstanceOf(ConcurrencyException.class)
                    .hasMessageContaining("has no events");
            assertThat(store.committed()).isEqualTo(-1);
        }
    }

    @Test
    void aSecondStoreInTheSameProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        try (EmbeddedStore first = Samples.open(dir)) {
            StoreFault fault = catchThrowableOfType(StoreFault.class, () -> Samples.open(dir));
            assertThat(fault.reason()).isEqualTo(StoreFault.Reason.LOCKED);
            assertThat(fault).hasMessageContaining(dir.toString()).hasMessageContaining("this process");
            Process other = ChildJvm.start(LockHolder.class, dir.resolve("other.txt"), dir.toString());
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(dir.resolve("other.txt")))
                    .contains("is in use by process " + ProcessHandle.current().pid())
                    .doesNotContain("holding");
            Samples.fill(first, "a", 0, 1);
        }
    }

    @Test
    void whileAnotherProcessHoldsTheStoreItIsRefusedByNameEvenForReading() throws Exception {
        Path output = dir.resolve("holder.txt");
        Process holder = ChildJvm.start(LockHolder.class, output, dir.toString());
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(output).contains("holding"));
            for (var attempt :
                    List.<Runnable>of(() -> Samples.open(dir), () -> EmbeddedStore.openReadOnly(dir, Samples.CLOCK))) {
                StoreFault fault = catchThrowableOfType(StoreFault.class, attempt::run);
                assertThat(fault.reason()).isEqualTo(StoreFault.Reason.LOCKED);
                assertThat(fault).hasMessageContaining("is in use by process " + holder.pid());
            }
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Samples.open(dir).close();
    }

    @Test
    void aStoreOfANewerVersionIsRefused() throws Exception {
        Samples.open(dir).close();
        Tampering.put(dir, Table.META, "format".getBytes(StandardCharsets.UTF_8), "2".getBytes(StandardCharsets.UTF_8));
        StoreFault fault = catchThrowableOfType(StoreFault.class, () -> Samples.open(dir));
        assertThat(fault.reason()).isEqualTo(StoreFault.Reason.NEWER_FORMAT);
        assertThat(fault).hasMessageContaining("format 2").hasMessageContaining("up to 1");
        Tampering.put(dir, Table.META, "format".getBytes(StandardCharsets.UTF_8), "1".getBytes(StandardCharsets.UTF_8));
        Samples.open(dir).close();
    }

    @Test
    void readingOnlyNeedsAStoreAndWritesNothing() {
        assertThat(catchThrowableOfType(StoreFault.class, () -> EmbeddedStore.openReadOnly(dir, Samples.CLOCK))
                        .reason())
                .isEqualTo(StoreFault.Reason.NOT_A_STORE);
        try (EmbeddedStore store = Samples.open(dir)) {
            Samples.fill(store, "a", 0, 5);
        }
        try (EmbeddedStore store = EmbeddedStore.openReadOnly(dir, Samples.CLOCK)) {
            assertThat(store.read(0, 10)).hasSize(5);
            assertThat(catchThrowableOfType(StoreFault.class, () -> store.append(List.of(Samples.event("a", 5))))
                            .reason())
                    .isEqualTo(StoreFault.Reason.CLOSED);
        }
    }

    @Test
    void afterCloseNothingIsDoneAndNothingCrashes() {
        EmbeddedStore store = Samples.open(dir);
        Samples.fill(store, "a", 0, 2);
        store.close();
        store.close();
        assertThat(catchThrowableOfType(StoreFault.class, () -> store.read(0, 1))
                        .reason())
                .isEqualTo(StoreFault.Reason.CLOSED);
        assertThat(catchThrowableOfType(StoreFault.class, () -> store.append(List.of(Samples.event("a", 2))))
                        .reason())
                .isEqualTo(StoreFault.Reason.CLOSED);
    }

    @Test
    void whatIsQueuedWhenTheStoreClosesIsEitherKeptOrRefused() throws Exception {
        List<String> kept = new ArrayList<>();
        EmbeddedStore store = Samples.open(dir);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<String>>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String aggregate = "w" + i;
                writers.add(threads.submit(() -> appendUntilRefused(store, aggregate)));
            }
            await().until(() -> store.committed() > 500);
            store.close();
            for (Future<List<String>> writer : writers) {
                kept.addAll(writer.get(10, TimeUnit.SECONDS));
            }
        }
        try (EmbeddedStore again = Samples.open(dir)) {
            assertThat(again.read(0, 1_000_000)).extracting(StoredEvent::id).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    /** What a power cut may leave: the last, never acknowledged write only partly on disk. */
    @Test
    void aTornEndOfTheLogIsCutOffAndTheRestIsSound() throws Exception {
        try (EmbeddedStore store = Samples.open(dir)) {
            Samples.fill(store, "a", 0, 100);
        }
        Path log;
        try (Stream<Path> files = Files.list(dir.resolve("db"))) {
            log = files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 20);
        }
        try (EmbeddedStore store = Samples.open(dir)) {
            assertThat(store.committed()).isEqualTo(98);
            assertThat(StoreVerifier.verify(store, System.out::println).sound()).isTrue();
            assertThat(store.append(List.of(Samples.event("a", 99)))).isEqualTo(99);
        }
    }

    @Test
    void aKilledProcessLeavesNoCopyOfTheNativeLibrary() throws Exception {
        Path temporary = Files.createDirectory(dir.resolve("tmp"));
        Path output = dir.resolve("holder.txt");
        Process holder = ChildJvm.start(
                LockHolder.class,
                output,
                List.of("-Djava.io.tmpdir=" + temporary),
                dir.resolve("events").toString());
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(output).contains("holding"));
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aFullQueueRefusesInsteadOfGrowing() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        StoreSettings narrow = StoreSettings.at(dir).withQueue(1, Duration.ofMillis(50));
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                EmbeddedStore store = EmbeddedStore.open(narrow, Samples.CLOCK, (write, acknowledge) -> {
                    stuck.countDown();
                    awaitQuietly(go);
                    CommitOrder.DURABLE_FIRST.commit(write, acknowledge);
                })) {
            Future<?> writing = threads.submit(() -> Samples.fill(store, "a", 0, 1));
            stuck.await();
            Future<?> waiting = threads.submit(() -> Samples.fill(store, "b", 0, 1));
            await().until(() -> store.waiting() == 1);
            assertThatThrownBy(() -> Samples.fill(store, "c", 0, 1))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("1 appends waiting");
            go.countDown();
            writing.get(10, TimeUnit.SECONDS);
            waiting.get(10, TimeUnit.SECONDS);
            Samples.fill(store, "c", 0, 1);
            assertThat(store.committed()).isEqualTo(2);
        } finally {
            go.countDown();
        }
    }

    @Test
    void aFailedWriteFailsItsBatchAndEndsAllWriting() {
        boolean[] broken = {false};
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.at(dir), Samples.CLOCK, (write, acknowledge) -> {
            if (broken[0]) {
                throw new RocksDBException("No space left on device");
            }
            CommitOrder.DURABLE_FIRST.commit(write, acknowledge);
        })) {
            Samples.fill(store, "a", 0, 2);
            assertThat(store.fault()).isEmpty();
            broken[0] = true;
            StoreFault first =
                    catchThrowableOfType(StoreFault.class, () -> store.append(List.of(Samples.event("a", 2))));
            assertThat(first.reason()).isEqualTo(StoreFault.Reason.WRITE_FAILED);
            assertThat(first).hasMessageContaining("No space left on device").hasMessageContaining("restart");
            broken[0] = false;
            await().until(() -> store.fault().isPresent());
            assertThat(catchThrowableOfType(StoreFault.class, () -> store.append(List.of(Samples.event("b", 0))))
                            .reason())
                    .isEqualTo(StoreFault.Reason.WRITE_FAILED);
            assertThat(store.fault())
                    .hasValueSatisfying(text -> assertThat(text).contains("No space left"));
            assertThat(store.read(0, 10)).hasSize(2);
        }
        try (EmbeddedStore store = Samples.open(dir)) {
            assertThat(store.append(List.of(Samples.event("a", 2)))).isEqualTo(2);
        }
    }

    @Test
    void whatBreaksALimitIsRefusedAndHarmsNobodyElse() {
        try (EmbeddedStore store = Samples.open(dir)) {
            StoredEvent good = Samples.event("a", 0);
            StoredEvent huge = new StoredEvent(
                    -1, "huge", good.timestamp(), "t", null, null, "b", 0, new byte[5 << 20], new byte[0]);
            for (StoredEvent bad : List.of(huge, Samples.event("a\0b", 0), Samples.event("x".repeat(2_000), 0))) {
                assertThat(catchThrowableOfType(StoreFault.class, () -> store.append(List.of(good, bad)))
                                .reason())
                        .isEqualTo(StoreFault.Reason.TOO_LARGE);
            }
            List<StoredEvent> many = LongStream.range(0, 10_001)
                    .mapToObj(sequence -> Samples.event("many", sequence))
                    .toList();
            assertThat(catchThrowableOfType(StoreFault.class, () -> store.append(many))
                            .reason())
                    .isEqualTo(StoreFault.Reason.TOO_LARGE);
            List<StoredEvent> heavy = LongStream.range(0, 12)
                    .mapToObj(sequence -> new StoredEvent(
                            -1,
                            "h",
                            good.timestamp(),
                            "t",
                            null,
                            null,
                            "heavy",
                            sequence,
                            new byte[3 << 20],
                            new byte[0]))
                    .toList();
            assertThat(catchThrowableOfType(StoreFault.class, () -> store.append(heavy))
                            .reason())
                    .isEqualTo(StoreFault.Reason.TOO_LARGE);
            assertThat(store.append(List.of(good))).isZero();
            await().untilAsserted(() -> assertThat(store.meter().commits()).isEqualTo(1));
        }
    }

    @Test
    void listenersHearOfEachNewPositionAndWaitersWake() throws Exception {
        try (EmbeddedStore store = Samples.open(dir)) {
            List<Long> heard = Collections.synchronizedList(new ArrayList<>());
            Runnable stop = store.onCommit(heard::add);
            assertThat(store.awaitAfter(-1, Duration.ofMillis(10))).isFalse();
            Thread writer = Thread.ofVirtual().start(() -> Samples.fill(store, "a", 0, 3));
            long start = System.nanoTime();
            assertThat(store.awaitAfter(1, Duration.ofSeconds(20))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            writer.join();
            await().untilAsserted(() -> assertThat(heard).containsExactly(0L, 1L, 2L));
            stop.run();
            Samples.fill(store, "a", 3, 4);
            assertThat(heard).hasSize(3);
        }
    }

    private static List<String> appendUntilRefused(EmbeddedStore store, String aggregate) {
        List<String> kept = new ArrayList<>();
        for (long sequence = 0; ; sequence++) {
            StoredEvent event = Samples.event(aggregate, sequence);
            try {
                store.append(List.of(event));
                kept.add(event.id());
            } catch (StoreFault closed) {
                assertThat(closed.reason()).isEqualTo(StoreFault.Reason.CLOSED);
                return kept;
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
