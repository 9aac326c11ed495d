package dev.muster.server.lab;

import dev.muster.kernel.Refused;
import dev.muster.lab.ScriptWords;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.UpdatesRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps what setup scripts said among the artifacts, each below a heading; what has no such heading is not read, so this is
 * no way to other artifacts.
 */
public final class ArtifactScriptWords implements ScriptWords {

    private static final byte[] HEADING = "muster: words of a setup script\n".getBytes(StandardCharsets.UTF_8);

    private final ArtifactStore artifacts;

    public ArtifactScriptWords(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public CompletableFuture<String> keep(String words) {
        byte[] newest = newest(words.getBytes(StandardCharsets.UTF_8));
        ByteBuffer content = ByteBuffer.allocate(HEADING.length + newest.length)
                .put(HEADING)
                .put(newest)
                .flip();
        return artifacts
                .store(Flux.just(content), content.remaining())
                .map(StoredArtifact::sha256)
                .toFuture();
    }

    @Override
    public CompletableFuture<Optional<String>> read(String digest) {
        return artifacts
                .find(digest)
                .filter(stored -> stored.size() >= HEADING.length && stored.size() <= HEADING.length + BYTES_MAX)
                .flatMap(stored -> artifacts
                        .read(digest, 0, stored.size())
                        .reduceWith(() -> ByteBuffer.allocate(Math.toIntExact(stored.size())), ByteBuffer::put))
                .map(ByteBuffer::array)
                .mapNotNull(ArtifactScriptWords::words)
                .map(Optional::of)
                .onErrorResume(ArtifactScriptWords::isUnknown, e -> Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty())
                .toFuture();
    }

    private static @Nullable String words(byte[] content) {
        boolean headed = Arrays.equals(content, 0, HEADING.length, HEADING, 0, HEADING.length);
        return headed
                ? new String(content, HEADING.length, content.length - HEADING.length, StandardCharsets.UTF_8)
                : null;
    }

    /** Begins with a whole character: bytes 10xxxxxx go on with the one before. */
    private static byte[] newest(byte[] utf8) {
        int from = Math.max(0, utf8.length - BYTES_MAX);
        while (from > 0 && from < utf8.length && (utf8[from] & 0xC0) == 0x80) {
            from++;
        }
        return Arrays.copyOfRange(utf8, from, utf8.length);
    }

    private static boolean isUnknown(Throwable failure) {
        return Refused.in(failure)
                .filter(refusal -> refusal.code().equals(UpdatesRefusal.ARTIFACT_UNKNOWN.code()))
                .isPresent();
    }
}
