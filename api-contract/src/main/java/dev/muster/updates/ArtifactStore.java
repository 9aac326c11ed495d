package dev.muster.updates;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where files lie, addressed by content. Implementations: a directory, S3. What was stored is never changed; storing
 * the same content twice stores it once.
 */
public interface ArtifactStore {

    /**
     * Stores a stream while hashing it. Nothing is visible before the whole stream arrived, was fsynced, inspected and
     * renamed; a broken-off upload leaves nothing behind, and neither does one that does not pass its inspection.
     *
     * @param content the bytes; each buffer is read before the next is asked for
     * @param sizeMax in bytes; more fails with {@link UpdatesRefusal#ARTIFACT_TOO_LARGE}
     * @param inspection the last word on whether the content is stored; also asked when the same content is there already
     */
    Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax, Inspection inspection);

    /** Stores a stream that needs no inspection. */
    default Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax) {
        return store(content, sizeMax, whole -> {});
    }

    /** What is stored under this digest, or empty. */
    Mono<StoredArtifact> find(String sha256);

    /**
     * Reads {@code length} bytes from {@code offset}. Buffers arrive on demand, at most 64 KiB each.
     * Fails with {@link UpdatesRefusal#ARTIFACT_UNKNOWN} if the content is gone.
     */
    Flux<ByteBuffer> read(String sha256, long offset, long length);

    /** Removes the content; says whether there was any. */
    Mono<Boolean> delete(String sha256);

    /** A link that devices can fetch without going through this server, when the store can make one. */
    default Optional<String> presignedUrl(String sha256, String fileName) {
        return Optional.empty();
    }

    /** A look at content that has arrived as a whole and that nobody else sees yet. */
    interface Inspection {

        /**
         * Says no by throwing, {@link dev.muster.kernel.Refused} for one; the upload fails with just that. May block.
         *
         * @param content only good until this returns
         */
        void inspect(ArtifactContent content) throws IOException;
    }

    /**
     * Facts of stored content.
     *
     * @param sha256 lower-case hex, the address
     * @param sha1 lower-case hex, for devices that check it
     * @param md5 lower-case hex, for devices that check it
     * @param size bytes
     * @param storedAt when it was first stored
     * @param path a local file with the content, when the store has one (zero-copy serving)
     */
    record StoredArtifact(
            String sha256, String sha1, String md5, long size, Instant storedAt, java.nio.file.@Nullable Path path) {}
}
