package dev.muster.updates.command.http;

import dev.muster.kernel.Given;
import dev.muster.kernel.KernelRefusal;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.Inspection;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.UpdatesRefusal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes a file in: one pass over the stream stores it, hashes it and reads the bundle's own description. What does not
 * stand in front is looked at when all has arrived and nobody sees it yet. A bundle that turns out broken breaks the
 * upload off, so nothing of it stays.
 */
public final class Uploads {

    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);
    private static final int FILE_NAME_MAX = 255;
    private static final int REMEMBERED_MAX = 1000;
    private static final int READ_AHEAD_BUFFERS = 16;

    /** Each holds a connection, an open file and what is read ahead of it. */
    static final int AT_ONCE_MAX = 64;

    private final ArtifactStore store;
    private final BundleReader.Factory bundles;
    private final long sizeMax;
    private final LongSupplier nanos;
    private final Semaphore places = new Semaphore(AT_ONCE_MAX);

    /** Facts of recent uploads, so that making a release of one need not read it again. */
    private final Map<String, Optional<BundleFacts>> facts =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Optional<BundleFacts>> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            });

    /** @param sizeMax bytes in one artifact */
    public Uploads(ArtifactStore store, BundleReader.Factory bundles, long sizeMax) {
        this(store, bundles, sizeMax, System::nanoTime);
    }

    /** @param nanos a clock that never goes back, which says how fast an upload comes */
    Uploads(ArtifactStore store, BundleReader.Factory bundles, long sizeMax, LongSupplier nanos) {
        this.store = store;
        this.bundles = bundles;
        this.sizeMax = sizeMax;
        this.nanos = nanos;
    }

    /** A stored file with what it says about itself; {@code bundle} is null for a plain file. */
    public record Upload(StoredArtifact artifact, @Nullable BundleFacts bundle) {}

    /** Refuses with {@link KernelRefusal#OVERLOADED} while {@link #AT_ONCE_MAX} others are under way. */
    public Mono<Upload> take(Flux<DataBuffer> body) {
        return take(body, bundle -> {});
    }

    /**
     * The same with a last word from whoever has a use for it.
     *
     * @param check says no by throwing, and then nothing of the file stays; gets null for a plain file
     */
    public Mono<Upload> take(Flux<DataBuffer> body, Consumer<@Nullable BundleFacts> check) {
        // Given back before the sender hears the end, so one that sends file after file never waits for itself.
        return Mono.using(this::place, place -> taken(body, check), place -> place.release());
    }

    private Semaphore place() {
        if (!places.tryAcquire()) {
            throw KernelRefusal.OVERLOADED.because(AT_ONCE_MAX + " uploads are under way already.");
        }
        return places;
    }

    private Mono<Upload> taken(Flux<DataBuffer> body, Consumer<@Nullable BundleFacts> check) {
        return Mono.defer(() -> {
            BundleReading reading = new BundleReading(bundles.newReader());
            SteadyFlow flow = new SteadyFlow(nanos);
            // A sender that falls silent is not waited for: the time-out is between two pieces, not for the whole.
            Flux<ByteBuffer> content = body.timeout(SILENCE_MAX)
                    .onErrorMap(
                            TimeoutException.class,
                            e -> KernelRefusal.INVALID_REQUEST.because(
                                    "Nothing of the upload came for " + SILENCE_MAX.toSeconds() + " seconds."))
                    .map(Uploads::copied)
                    .map(flow::next)
                    .publishOn(Schedulers.boundedElastic(), READ_AHEAD_BUFFERS);
            Inspection inspection = whole -> {
                reading.finish(whole);
                check.accept(reading.bundle());
            };
            return store.store(reading.over(content), sizeMax, inspection)
                    .map(stored -> remembered(stored, reading.bundle()));
        });
    }

    /** The facts of a stored artifact, from memory or by reading it again. */
    public Mono<Upload> find(String sha256) {
        return store.find(sha256)
                .switchIfEmpty(Mono.error(
                        () -> UpdatesRefusal.ARTIFACT_UNKNOWN.because("There is no artifact " + sha256 + ".")))
                .flatMap(stored -> {
                    Optional<BundleFacts> known = facts.get(sha256);
                    if (known != null) {
                        return Mono.just(new Upload(stored, known.orElse(null)));
                    }
                    BundleReading reading = new BundleReading(bundles.newReader());
                    return reading.over(store.read(sha256, 0, stored.size()))
                            .then(Mono.fromCallable(() -> {
                                        reading.finish(new StoredContent(store, stored));
                                        return remembered(stored, reading.bundle());
                                    })
                                    .subscribeOn(Schedulers.boundedElastic()));
                });
    }

    /** A file name as devices will see it: the last part of what was given. */
    public static String fileName(@Nullable String given) {
        String name = Given.required(given, "filename").strip();
        if (name.contains("../")
                || name.contains("..\\")
                || name.startsWith("/")
                || name.startsWith("\\")
                || name.matches("^[A-Za-z]:.*")
                || name.chars().anyMatch(Character::isISOControl)) {
            throw UpdatesRefusal.FILE_NAME_INVALID.because("'" + name + "' is no plain file name.");
        }
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (last.isEmpty() || last.length() > FILE_NAME_MAX || last.equals(".") || last.equals("..")) {
            throw UpdatesRefusal.FILE_NAME_INVALID.because("A file name has 1 to " + FILE_NAME_MAX + " characters.");
        }
        return last;
    }

    private Upload remembered(StoredArtifact stored, @Nullable BundleFacts bundle) {
        facts.put(stored.sha256(), Optional.ofNullable(bundle));
        return new Upload(stored, bundle);
    }

    private static ByteBuffer copied(DataBuffer buffer) {
        ByteBuffer copy = ByteBuffer.allocate(buffer.readableByteCount());
        buffer.toByteBuffer(copy);
        DataBufferUtils.release(buffer);
        return copy.rewind();
    }
}
