package dev.muster.updates.artifacts;

import dev.muster.updates.ArtifactStore;
import io.minio.GetObjectResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Stores artifacts in a bucket of an S3 store.
 *
 * <p>An upload first goes to a local file, and from there to its final key. The other way, writing to a temporary key
 * while hashing and copying afterwards, was left: the client would hold a whole part of each upload in memory, a
 * broken connection could not be retried, a crash would leave objects behind, copies end at 5 GiB, and content that is
 * there already would travel all the same. The price is local disk for the uploads under way.
 */
public final class S3ArtifactStore implements ArtifactStore, AutoCloseable {

    private final S3Settings settings;
    private final S3Bucket bucket;
    private final Intake intake;
    private final Clock clock;
    private final Scheduler scheduler;

    /**
     * Does not speak to the store yet.
     *
     * @param spool a local directory for uploads under way; what lies in it is removed at start
     * @param scheduler where requests wait for their answers, one that may block
     */
    public S3ArtifactStore(S3Settings settings, Path spool, Clock clock, Scheduler scheduler) {
        this.settings = settings;
        this.bucket = new S3Bucket(settings);
        this.intake = new Intake(spool.toAbsolutePath().normalize(), settings.freeSpaceMin(), scheduler);
        this.clock = clock;
        this.scheduler = scheduler;
    }

    @Override
    public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax, Inspection inspection) {
        return intake.receive(content, sizeMax, inspection, (file, digests) -> {
            Optional<StoredArtifact> before = bucket.find(digests.sha256());
            if (before.isPresent()) {
                return before.get();
            }
            var now = clock.instant();
            bucket.put(file, digests, now);
            return new StoredArtifact(digests.sha256(), digests.sha1(), digests.md5(), digests.size(), now, null);
        });
    }

    @Override
    public Mono<StoredArtifact> find(String sha256) {
        return Digests.isSha256(sha256)
                ? Mono.fromCallable(() -> bucket.find(sha256).orElse(null)).subscribeOn(scheduler)
                : Mono.empty();
    }

    @Override
    public Flux<ByteBuffer> read(String sha256, long offset, long length) {
        if (!Digests.isSha256(sha256)) {
            return Flux.error(() -> StoreFaults.unknown(sha256));
        }
        return Slices.flux(() -> open(sha256, offset, length), scheduler);
    }

    @Override
    public Mono<Boolean> delete(String sha256) {
        if (!Digests.isSha256(sha256)) {
            return Mono.just(false);
        }
        return Mono.fromCallable(() -> {
                    boolean there = bucket.find(sha256).isPresent();
                    bucket.remove(sha256);
                    return there;
                })
                .subscribeOn(scheduler);
    }

    @Override
    public Optional<String> presignedUrl(String sha256, String fileName) {
        return settings.presign() && Digests.isSha256(sha256)
                ? Optional.of(bucket.presigned(sha256, ContentDisposition.attachment(fileName)))
                : Optional.empty();
    }

    /** How many connections to the store are in use; for tests and meters. */
    public int connectionsInUse() {
        return bucket.connectionsInUse();
    }

    /** Ends all connections to the store. */
    @Override
    public void close() {
        bucket.close();
    }

    private Slices.Source open(String sha256, long offset, long length) {
        StoredArtifact artifact = bucket.find(sha256).orElseThrow(() -> StoreFaults.unknown(sha256));
        Slices.checkRange(artifact.size(), offset, length);
        if (length == 0) {
            return new AnswerSource(null, 0);
        }
        return new AnswerSource(
                bucket.get(sha256, offset, length).orElseThrow(() -> StoreFaults.unknown(sha256)), length);
    }

    /** The body of an answer; null stands for an empty one. */
    private static final class AnswerSource implements Slices.Source {

        private final @Nullable GetObjectResponse answer;
        private long remaining;

        AnswerSource(@Nullable GetObjectResponse answer, long length) {
            this.answer = answer;
            this.remaining = length;
        }

        @Override
        public long remaining() {
            return remaining;
        }

        @Override
        public void fill(ByteBuffer buffer) throws IOException {
            if (answer == null) {
                throw new EOFException("an empty answer has no bytes");
            }
            int wanted = buffer.remaining();
            int read = answer.readNBytes(buffer.array(), buffer.arrayOffset() + buffer.position(), wanted);
            if (read < wanted) {
                throw new EOFException("the store's answer ends %d bytes early".formatted(remaining - read));
            }
            buffer.position(buffer.position() + read);
            remaining -= read;
        }

        @Override
        public void close() throws IOException {
            if (answer != null) {
                answer.close();
            }
        }
    }
}
