package dev.muster.updates.ddi;

import dev.muster.updates.ArtifactStore;
import dev.muster.updates.SoftwareModule;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The artifact store's own words for what it lends. */
final class FakeShelf implements ArtifactStore {

    private static final int PIECE = 1000;

    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<String, StoredArtifact> stored = new ConcurrentHashMap<>();
    volatile String presigned;

    /** @param path where the content is on the disk, null for a store without files */
    SoftwareModule.Artifact put(String fileName, byte[] content, Path path) {
        String sha256 = hash("SHA-256", content);
        Instant at = Instant.parse("2026-03-01T08:00:00.123Z");
        StoredArtifact facts =
                new StoredArtifact(sha256, hash("SHA-1", content), hash("MD5", content), content.length, at, path);
        contents.put(sha256, content);
        stored.put(sha256, facts);
        return new SoftwareModule.Artifact(fileName, sha256, facts.sha1(), facts.md5(), content.length, at, null);
    }

    private static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax) {
        return Mono.error(new UnsupportedOperationException());
    }

    @Override
    public Mono<StoredArtifact> find(String sha256) {
        return Mono.justOrEmpty(stored.get(sha256));
    }

    @Override
    public Flux<ByteBuffer> read(String sha256, long offset, long length) {
        byte[] content = contents.get(sha256);
        return Flux.<ByteBuffer, Long>generate(() -> offset, (at, sink) -> {
            if (at >= offset + length) {
                sink.complete();
                return at;
            }
            int size = (int) Math.min(PIECE, offset + length - at);
            sink.next(ByteBuffer.wrap(content, at.intValue(), size).slice());
            return at + size;
        });
    }

    @Override
    public Mono<Boolean> delete(String sha256) {
        return Mono.fromSupplier(() -> stored.remove(sha256) != null);
    }

    @Override
    public Optional<String> presignedUrl(String sha256, String fileName) {
        return Optional.ofNullable(presigned);
    }
}
