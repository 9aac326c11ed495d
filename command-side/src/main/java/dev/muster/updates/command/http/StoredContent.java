package dev.muster.updates.command.http;

import dev.muster.updates.ArtifactContent;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What a store holds, read piece by piece wherever it lies. Only for threads that may block. */
final class StoredContent implements ArtifactContent {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private final ArtifactStore store;
    private final StoredArtifact artifact;

    StoredContent(ArtifactStore store, StoredArtifact artifact) {
        this.store = store;
        this.artifact = artifact;
    }

    @Override
    public long size() {
        return artifact.size();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        int wanted = into.remaining();
        if (offset < 0 || wanted > artifact.size() - offset) {
            throw new EOFException(
                    "no %d bytes from %d in content of %d bytes".formatted(wanted, offset, artifact.size()));
        }
        if (wanted > 0) {
            store.read(artifact.sha256(), offset, wanted).doOnNext(into::put).blockLast(ANSWER_MAX);
        }
        if (into.hasRemaining()) {
            throw new EOFException("the store's answer ends %d bytes early".formatted(into.remaining()));
        }
    }
}
