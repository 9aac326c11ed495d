package dev.muster.updates.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.UpdatesRefusal;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What every store promises, whatever is behind it. */
abstract class ArtifactStoreContract {

    static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    static final Duration SOON = Duration.ofSeconds(20);
    private static final long NO_LIMIT = Long.MAX_VALUE;

    @TempDir
    Path folder;

    Scheduler scheduler;
    ArtifactStore store;

    /** A store on the same place each time it is asked for within one test; opening it twice is a restart. */
    abstract ArtifactStore open(Clock clock);

    /** The names or keys of everything that lies in the store's place, uploads under way included. */
    abstract List<String> everythingThere() throws Exception;

    /** How many files or keys one artifact takes. */
    abstract int partsOfAnArtifact();

    @BeforeEach
    void openStore() {
        scheduler = Schedulers.newBoundedElastic(8, 1000, "files");
        store = open(Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @AfterEach
    void closeScheduler() {
        scheduler.dispose();
    }

    StoredArtifact stored(Content content) {
        return store.store(content.flux(), NO_LIMIT).block(SOON);
    }

    private void nothingIsLeft() {
        await().atMost(SOON).untilAsserted(() -> assertThat(everythingThere()).isEmpty());
    }

    private static void refusedWith(UpdatesRefusal code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo(code.code()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7_777, 65_535, 65_536, 65_537, 1_000_003, 6 * 1024 * 1024 + 1})
    void whatWasStoredIsReadBack(int size) {
        Content content = Content.random(size, size);
        StoredArtifact artifact = stored(content);
        assertThat(artifact.sha256()).isEqualTo(content.sha256());
        assertThat(artifact.sha1()).isEqualTo(content.digest("SHA-1"));
        assertThat(artifact.md5()).isEqualTo(content.digest("MD5"));
        assertThat(artifact.size()).isEqualTo(size);
        assertThat(artifact.storedAt()).isEqualTo(NOON);
        assertThat(store.find(artifact.sha256()).block(SOON)).isEqualTo(artifact);
        assertThat(Content.joined(store.read(artifact.sha256(), 0, size))).isEqualTo(content.bytes());
    }

    @Test
    void anInspectionSeesTheWholeBeforeAnybodyElseDoes() {
        Content content = Content.random(200_000, 7);
        List<byte[]> seen = new ArrayList<>();
        StoredArtifact artifact = store.store(content.flux(), NO_LIMIT, whole -> {
                    assertThat(store.find(content.sha256()).block(SOON)).isNull();
                    ByteBuffer all = ByteBuffer.allocate((int) whole.size());
                    whole.read(0, all);
                    seen.add(all.array());
                    ByteBuffer end = ByteBuffer.allocate(10);
                    whole.read(whole.size() - 10, end);
                    seen.add(end.array());
                    assertThatThrownBy(() -> whole.read(whole.size() - 9, ByteBuffer.allocate(10)))
                            .isInstanceOf(EOFException.class);
                })
                .block(SOON);
        assertThat(artifact).isNotNull();
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst()).isEqualTo(content.bytes());
        assertThat(seen.getLast()).isEqualTo(Arrays.copyOfRange(content.bytes(), 199_990, 200_000));
        assertThat(store.find(content.sha256()).block(SOON)).isEqualTo(artifact);
    }

    @Test
    void whatDoesNotPassItsInspectionLeavesNothing() {
        Content content = Content.random(100_000, 8);
        refusedWith(UpdatesRefusal.BUNDLE_INVALID, () -> store.store(content.flux(), NO_LIMIT, whole -> {
                    throw UpdatesRefusal.BUNDLE_INVALID.because("It is no good.");
                })
                .block(SOON));
        assertThat(store.find(content.sha256()).block(SOON)).isNull();
        nothingIsLeft();
    }

    @Test
    void contentThatIsThereAlreadyIsInspectedAllTheSame() {
        Content content = Content.random(1000, 9);
        stored(content);
        refusedWith(UpdatesRefusal.BUNDLE_UNSIGNED, () -> store.store(content.flux(), NO_LIMIT, whole -> {
                    throw UpdatesRefusal.BUNDLE_UNSIGNED.because("It is not signed.");
                })
                .block(SOON));
        assertThat(store.find(content.sha256()).block(SOON)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "5,0", "299999,1", "300000,0", "65535,2", "1,65536", "100000,200000", "0,300000"})
    void anyRangeCanBeRead(int offset, int length) {
        Content content = Content.random(300_000, 1);
        String sha256 = stored(content).sha256();
        assertThat(Content.joined(store.read(sha256, offset, length)))
                .isEqualTo(Arrays.copyOfRange(content.bytes(), offset, offset + length));
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "0,-1", "0,101", "100,1", "101,0", "9223372036854775807,1", "1,9223372036854775807"})
    void noRangeBeyondTheContentCanBeRead(long offset, long length) {
        String sha256 = stored(Content.random(100, 2)).sha256();
        assertThatThrownBy(() -> store.read(sha256, offset, length).blockLast(SOON))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void buffersAreNoLargerThan64KiB() {
        String sha256 = stored(Content.random(1_000_003, 3)).sha256();
        List<Integer> sizes = store.read(sha256, 0, 1_000_003)
                .map(ByteBuffer::remaining)
                .collectList()
                .block(SOON);
        assertThat(sizes).allMatch(size -> size > 0 && size <= 65_536).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "../../../../../../../../../../../../etc/passwd",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "000000000000000000000000000000000000000000000000000000000000000/"
            })
    void whatIsNotThereIsUnknown(String sha256) {
        assertThat(store.find(sha256).blockOptional(SOON)).isEmpty();
        assertThat(store.delete(sha256).block(SOON)).isFalse();
        refusedWith(
                UpdatesRefusal.ARTIFACT_UNKNOWN, () -> store.read(sha256, 0, 1).blockLast(SOON));
        refusedWith(
                UpdatesRefusal.ARTIFACT_UNKNOWN, () -> store.read(sha256, 0, 0).blockLast(SOON));
    }

    /** For gooseBit's surface that is its vector GB-72, on either store; objects lie under their SHA-256. */
    @Test
    void whatIsDeletedIsGone() throws Exception {
        Content content = Content.random(1000, 4);
        String sha256 = stored(content).sha256();
        assertThat(store.delete(sha256).block(SOON)).isTrue();
        assertThat(store.delete(sha256).block(SOON)).isFalse();
        assertThat(store.find(sha256).blockOptional(SOON)).isEmpty();
        refusedWith(
                UpdatesRefusal.ARTIFACT_UNKNOWN, () -> store.read(sha256, 0, 10).blockLast(SOON));
        assertThat(everythingThere()).isEmpty();
        assertThat(stored(content).sha256()).isEqualTo(sha256);
    }

    @Test
    void theSameContentIsStoredOnceAndKeepsItsTime() throws Exception {
        Content content = Content.random(100_000, 5);
        StoredArtifact first = stored(content);
        ArtifactStore later = open(Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC));
        assertThat(later.store(content.flux(100), NO_LIMIT).block(SOON)).isEqualTo(first);
        assertThat(everythingThere()).hasSize(partsOfAnArtifact());
    }

    @Test
    void whatWasStoredSurvivesARestart() {
        Content content = Content.random(1234, 6);
        StoredArtifact artifact = stored(content);
        ArtifactStore reopened = open(Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC));
        assertThat(reopened.find(artifact.sha256()).block(SOON)).isEqualTo(artifact);
        assertThat(Content.joined(reopened.read(artifact.sha256(), 0, 1234))).isEqualTo(content.bytes());
    }

    @Test
    void theSameContentMayComeManyTimesAtOnce() throws Exception {
        Content content = Content.random(500_000, 7);
        List<StoredArtifact> all = Flux.range(0, 12)
                .flatMap(i -> store.store(content.flux(1000 + i), NO_LIMIT), 12)
                .collectList()
                .block(SOON);
        assertThat(all).hasSize(12).allMatch(a -> a.sha256().equals(content.sha256()));
        assertThat(Content.joined(store.read(content.sha256(), 0, 500_000))).isEqualTo(content.bytes());
        await().atMost(SOON).untilAsserted(() -> assertThat(everythingThere()).hasSize(partsOfAnArtifact()));
    }

    @Test
    void theSizeLimitIsExact() {
        Content content = Content.random(10_000, 8);
        refusedWith(UpdatesRefusal.ARTIFACT_TOO_LARGE, () -> store.store(content.flux(), 9_999)
                .block(SOON));
        nothingIsLeft();
        assertThat(store.store(content.flux(), 10_000).block(SOON).size()).isEqualTo(10_000);
    }

    @Test
    void anEndlessUploadIsCutAtTheLimit() {
        AtomicInteger pieces = new AtomicInteger();
        Flux<ByteBuffer> endless = Flux.generate(sink -> {
            pieces.incrementAndGet();
            sink.next(ByteBuffer.allocate(1000));
        });
        refusedWith(UpdatesRefusal.ARTIFACT_TOO_LARGE, () -> store.store(endless, 1_000_000)
                .block(SOON));
        assertThat(pieces).hasValueBetween(1001, 1003);
        nothingIsLeft();
    }

    @Test
    void anUploadThatBreaksLeavesNothing() {
        Content content = Content.random(200_000, 9);
        Flux<ByteBuffer> broken = content.flux().concatWith(Mono.error(new IllegalStateException("connection reset")));
        assertThatThrownBy(() -> store.store(broken, NO_LIMIT).block(SOON)).hasMessage("connection reset");
        nothingIsLeft();
        assertThat(store.find(content.sha256()).blockOptional(SOON)).isEmpty();
    }

    @Test
    void anUploadThatBreaksBeforeItsFirstByteLeavesNothing() {
        assertThatThrownBy(() -> store.store(Flux.error(new IllegalStateException("reset")), NO_LIMIT)
                        .block(SOON))
                .hasMessage("reset");
        nothingIsLeft();
    }

    @Test
    void aCanceledUploadLeavesNothing() throws Exception {
        CountDownLatch canceled = new CountDownLatch(1);
        Sinks.Many<ByteBuffer> source = Sinks.many().unicast().onBackpressureBuffer();
        Disposable upload = store.store(source.asFlux().doOnCancel(canceled::countDown), NO_LIMIT)
                .subscribe();
        for (int i = 0; i < 50; i++) {
            source.tryEmitNext(ByteBuffer.allocate(10_000)).orThrow();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(uploadsUnderWay()).isNotEmpty());
        upload.dispose();
        assertThat(canceled.await(20, TimeUnit.SECONDS)).isTrue();
        nothingIsLeft();
    }

    /** The names of the files that hold uploads under way. */
    abstract List<String> uploadsUnderWay() throws Exception;

    @Test
    void uploadsThatAreCanceledAtAnyMomentLeaveNothing() {
        Content content = Content.random(300_000, 10);
        for (int i = 0; i < 40; i++) {
            int pieces = i;
            AtomicInteger seen = new AtomicInteger();
            store.store(content.flux(10_000), NO_LIMIT)
                    .takeUntilOther(Mono.when(Mono.delay(Duration.ofMillis(pieces))))
                    .doOnNext(done -> seen.incrementAndGet())
                    .block(SOON);
            if (seen.get() == 1) {
                break;
            }
        }
        store.delete(content.sha256()).block(SOON);
        await().atMost(SOON).untilAsserted(() -> {
            store.delete(content.sha256()).block(SOON);
            assertThat(everythingThere()).isEmpty();
        });
    }

    @Test
    void anUploadIsAskedForOneBufferAtATime() {
        Content content = Content.random(1_000_000, 11);
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger ahead = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        Flux<ByteBuffer> watched = content.flux(10_000)
                .doOnNext(piece -> given.incrementAndGet())
                .doOnRequest(n -> {
                    int total = asked.addAndGet((int) Math.min(n, Integer.MAX_VALUE / 2));
                    ahead.accumulateAndGet(total - given.get(), Math::max);
                });
        store.store(watched, NO_LIMIT).block(SOON);
        assertThat(ahead).hasValue(1);
    }

    @Test
    void aSlowReaderGetsNoMoreThanItAsksFor() throws Exception {
        String sha256 = stored(Content.random(5_000_000, 12)).sha256();
        List<Integer> sizes = new ArrayList<>();
        AtomicInteger received = new AtomicInteger();
        BaseSubscriber<ByteBuffer> reader = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                // Nothing is asked for yet.
            }

            @Override
            protected void hookOnNext(ByteBuffer piece) {
                sizes.add(piece.remaining());
                received.incrementAndGet();
            }
        };
        store.read(sha256, 0, 5_000_000).subscribe(reader);
        for (int asked = 1; asked <= 5; asked++) {
            reader.request(1);
            int expected = asked;
            await().atMost(SOON).until(() -> received.get() == expected);
            await().during(Duration.ofMillis(30)).atMost(SOON).until(() -> received.get() == expected);
        }
        assertThat(sizes).containsOnly(65_536);
        assertThat(openHandles()).isEqualTo(1);
        reader.cancel();
        await().atMost(SOON).untilAsserted(() -> assertThat(openHandles()).isZero());
    }

    /** How many files or connections reads hold open. */
    abstract int openHandles() throws Exception;

    @Test
    void manyReadersThatStopEarlyHoldNothing() {
        String sha256 = stored(Content.random(2_000_000, 13)).sha256();
        Flux.range(0, 100)
                .flatMap(i -> store.read(sha256, i, 1_000_000).take(i % 3), 8)
                .blockLast(SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(openHandles()).isZero());
        assertThat(Content.joined(store.read(sha256, 0, 2_000_000))).hasSize(2_000_000);
    }

    @Test
    void callersNeverWaitOnTheirOwnThread() {
        Content content = Content.random(100_000, 14);
        List<String> threads = new ArrayList<>();
        store.store(content.flux(), NO_LIMIT)
                .doOnNext(a -> threads.add(Thread.currentThread().getName()))
                .flatMapMany(a -> store.read(a.sha256(), 0, a.size()))
                .doOnNext(a -> threads.add(Thread.currentThread().getName()))
                .then(Mono.defer(() -> store.find(content.sha256())))
                .doOnNext(a -> threads.add(Thread.currentThread().getName()))
                .then(Mono.defer(() -> store.delete(content.sha256())))
                .doOnNext(a -> threads.add(Thread.currentThread().getName()))
                .block(SOON);
        assertThat(threads).hasSize(5).allMatch(name -> name.startsWith("files-"));
    }
}
