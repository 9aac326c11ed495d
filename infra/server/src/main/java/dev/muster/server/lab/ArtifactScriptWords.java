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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps what setup scripts said in a store of artifacts of its own: the name by which words are read stands in events that
 * many may see, and whoever may read the files of releases must not read these with it.
 */
public final class ArtifactScriptWords implements ScriptWords {

    private final ArtifactStore texts;

    /** @param texts where nothing else lies */
    public ArtifactScriptWords(ArtifactStore texts) {
        this.texts = texts;
    }

    @Override
    public CompletableFuture<String> keep(String words) {
        ByteBuffer newest = newest(words.getBytes(StandardCharsets.UTF_8));
        return texts.store(Flux.just(newest), BYTES_MAX)
                .map(StoredArtifact::sha256)
                .toFuture();
    }

    @Override
    public CompletableFuture<Optional<String>> read(String digest) {
        return texts.find(digest)
                .filter(stored -> stored.size() <= BYTES_MAX)
                .flatMap(stored -> texts.read(digest, 0, stored.size())
                        .reduceWith(() -> ByteBuffer.allocate(Math.toIntExact(stored.size())), ByteBuffer::put))
                .map(text -> Optional.of(new String(text.array(), StandardCharsets.UTF_8)))
                .onErrorResume(ArtifactScriptWords::isUnknown, e -> Mono.just(Optional.empty()))
                .defaultIfEmpty(Optional.empty())
                .toFuture();
    }

    /** Begins with a whole character: bytes 10xxxxxx go on with the one before. */
    private static ByteBuffer newest(byte[] utf8) {
        int from = Math.max(0, utf8.length - BYTES_MAX);
        while (from > 0 && from < utf8.length && (utf8[from] & 0xC0) == 0x80) {
            from++;
        }
        return ByteBuffer.wrap(Arrays.copyOfRange(utf8, from, utf8.length));
    }

    private static boolean isUnknown(Throwable failure) {
        return Refused.in(failure)
                .filter(refusal -> refusal.code().equals(UpdatesRefusal.ARTIFACT_UNKNOWN.code()))
                .isPresent();
    }
}
