package dev.muster.updates;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files on other hosts, which are read to know them and stay where they are. */
public interface RemoteFiles {

    /**
     * Reads the file once and wholly; nothing of it is kept. Only the address itself is asked: redirects are not
     * followed, and neither is a name that leads to an address which is not public, see
     * {@link UpdatesRefusal#URL_REFUSED}.
     * Fails with {@link UpdatesRefusal#URL_UNREADABLE} when it cannot be read to its end.
     *
     * @param sizeMax in bytes; more fails with {@link UpdatesRefusal#ARTIFACT_TOO_LARGE}
     * @param onTheWay what the content passes through, off the event loop; its failure ends the reading
     * @param inspection a look at the whole before it is dropped; its failure is the reading's
     */
    Mono<RemoteFile> read(
            RemoteUrl url, long sizeMax, UnaryOperator<Flux<ByteBuffer>> onTheWay, ArtifactStore.Inspection inspection);

    /**
     * What was read; hashes in lower-case hex.
     *
     * @param size bytes
     * @param readAt when it ended
     */
    record RemoteFile(String sha256, String sha1, String md5, long size, Instant readAt) {}
}
