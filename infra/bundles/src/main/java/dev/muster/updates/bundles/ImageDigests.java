package dev.muster.updates.bundles;

import dev.muster.updates.ArtifactContent;
import dev.muster.updates.bundles.signatures.ContentDigests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** The digests of the first bytes of content: SHA-256 is known from the upload, others are computed by reading again. */
final class ImageDigests implements ContentDigests {

    private static final int PIECE = 1024 * 1024;

    private final ArtifactContent content;
    private final long size;
    private final Map<String, byte[]> known = new HashMap<>();

    /** @param size how many of the bytes of the content */
    ImageDigests(ArtifactContent content, long size, byte[] sha256) {
        this.content = content;
        this.size = size;
        known.put("SHA-256", sha256);
    }

    @Override
    public byte[] of(String algorithm) throws IOException {
        byte[] digest = known.get(algorithm);
        if (digest == null) {
            digest = read(algorithm);
            known.put(algorithm, digest);
        }
        return digest;
    }

    private byte[] read(String algorithm) throws IOException {
        MessageDigest digest = ContentDigests.digest(algorithm);
        byte[] piece = new byte[(int) Math.min(PIECE, size)];
        for (long at = 0; at < size; at += piece.length) {
            int more = (int) Math.min(piece.length, size - at);
            content.read(at, ByteBuffer.wrap(piece, 0, more));
            digest.update(piece, 0, more);
        }
        return digest.digest();
    }
}
