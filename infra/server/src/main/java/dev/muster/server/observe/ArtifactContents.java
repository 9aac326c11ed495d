package dev.muster.server.observe;

import dev.muster.kernel.Refused;
import dev.muster.observe.ContentStore;
import dev.muster.observe.ObserveRefusal;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import dev.muster.updates.UpdatesRefusal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps contents of documents among the artifacts. What is read is compared with its digest. */
public final class ArtifactContents implements ContentStore {

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactContents.class);

    private final ArtifactStore artifacts;

    public ArtifactContents(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /** Fleets bring the same dashboard with each device: what is there is not written again. */
    @Override
    public Mono<String> keep(byte[] content) {
        return Mono.defer(() -> {
            String sha256 = sha256(content);
            return artifacts
                    .find(sha256)
                    .switchIfEmpty(
                            Mono.defer(() -> artifacts.store(Flux.just(ByteBuffer.wrap(content)), content.length)))
                    .map(StoredArtifact::sha256);
        });
    }

    @Override
    public Mono<byte[]> read(String sha256, long size) {
        return artifacts
                .read(sha256, 0, size)
                .reduceWith(() -> ByteBuffer.allocate(Math.toIntExact(size)), ByteBuffer::put)
                .map(ByteBuffer::array)
                .doOnNext(bytes -> {
                    if (!sha256(bytes).equals(sha256)) {
                        LOG.error("the content {} is damaged in the artifact store", sha256);
                        throw missing(sha256);
                    }
                })
                .onErrorMap(e -> Refused.is(e, UpdatesRefusal.ARTIFACT_UNKNOWN), e -> missing(sha256));
    }

    private static Refused missing(String sha256) {
        return ObserveRefusal.CONTENT_MISSING.because("The content " + sha256 + " is not in the artifact store.");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
