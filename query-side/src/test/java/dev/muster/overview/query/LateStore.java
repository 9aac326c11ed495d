package dev.muster.overview.query;

import dev.muster.updates.ArtifactStore;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store that the test puts into the server when it needs one. */
record LateStore(TestServer server) implements ArtifactStore {

    @Override
    public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax, Inspection inspection) {
        return server.artifacts.store(content, sizeMax, inspection);
    }

    @Override
    public Mono<StoredArtifact> find(String sha256) {
        return server.artifacts.find(sha256);
    }

    @Override
    public Flux<ByteBuffer> read(String sha256, long offset, long length) {
        return server.artifacts.read(sha256, offset, length);
    }

    @Override
    public Mono<Boolean> delete(String sha256) {
        return server.artifacts.delete(sha256);
    }
}
