package dev.muster.updates.bundles;

import dev.muster.updates.ArtifactContent;
import dev.muster.updates.bundles.signatures.ContentDigests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tree of digests with which a device checks an image block by block while it reads it, as dm-verity of Linux defines
 * it: version 1, SHA-256, blocks of 4096 bytes. Each digest is over the salt and a block; 128 of them make a block of the
 * level above, until one block is left, whose digest is the root. The levels lie behind the image, the topmost first.
 */
final class VerityTree {

    static final int BLOCK = 4096;
    static final int DIGEST = 32;

    private static final int FAN = BLOCK / DIGEST;
    private static final int READ_AT_ONCE = 256 * BLOCK;

    private final ArtifactContent content;
    private final byte[] salt;
    private final MessageDigest sha256 = ContentDigests.digest("SHA-256");

    private VerityTree(ArtifactContent content, byte[] salt) {
        this.content = content;
        this.salt = salt;
    }

    /**
     * Refuses an image whose tree does not lead to the root.
     *
     * @param dataSize bytes of the image, at the start of the content
     * @param treeSize bytes of the tree behind it
     */
    static void check(ArtifactContent content, long dataSize, long treeSize, byte[] root, byte[] salt)
            throws IOException {
        if (dataSize < BLOCK || dataSize % BLOCK != 0) {
            throw Bundles.broken("The image in front of its hash tree has %d bytes, which are no whole blocks of %d."
                    .formatted(dataSize, BLOCK));
        }
        List<Long> levels = new ArrayList<>();
        long blocks = 0;
        for (long count = dataSize / BLOCK; count > 1; blocks += count) {
            count = (count + FAN - 1) / FAN;
            levels.add(count);
        }
        if (treeSize != blocks * BLOCK) {
            throw Bundles.broken("The hash tree of an image of %d bytes has %d bytes, but the manifest says %d."
                    .formatted(dataSize, blocks * BLOCK, treeSize));
        }
        new VerityTree(content, salt).check(dataSize, treeSize, levels, root);
    }

    private void check(long dataSize, long treeSize, List<Long> levels, byte[] root) throws IOException {
        long from = 0;
        long count = dataSize / BLOCK;
        long levelEnd = dataSize + treeSize;
        for (long above : levels) {
            long level = levelEnd - above * BLOCK;
            compare(from, count, level);
            from = level;
            count = above;
            levelEnd = level;
        }
        byte[] top = new byte[BLOCK];
        content.read(from, ByteBuffer.wrap(top));
        byte[] found = new byte[DIGEST];
        digest(top, 0, found, 0);
        if (!Arrays.equals(found, root)) {
            throw Bundles.broken("The hash tree does not lead to the verity-hash of the manifest.");
        }
    }

    /** Compares the digests of blocks with those that stand in the level above them. */
    private void compare(long from, long count, long level) throws IOException {
        byte[] digests = new byte[BLOCK];
        byte[] stated = new byte[BLOCK];
        byte[] read = new byte[(int) Math.min(READ_AT_ONCE, count * BLOCK)];
        for (long done = 0; done < count; ) {
            int more = (int) Math.min(read.length / BLOCK, count - done);
            content.read(from + done * BLOCK, ByteBuffer.wrap(read, 0, more * BLOCK));
            for (int i = 0; i < more; i++) {
                int slot = (int) (done % FAN);
                digest(read, i * BLOCK, digests, slot * DIGEST);
                done++;
                if (slot == FAN - 1 || done == count) {
                    Arrays.fill(digests, (slot + 1) * DIGEST, BLOCK, (byte) 0);
                    content.read(level + (done - 1) / FAN * BLOCK, ByteBuffer.wrap(stated));
                    if (!Arrays.equals(digests, stated)) {
                        throw Bundles.broken("The blocks up to byte %d of the bundle are not what its hash tree says."
                                .formatted(from + done * BLOCK));
                    }
                }
            }
        }
    }

    private void digest(byte[] bytes, int at, byte[] into, int slot) {
        sha256.update(salt);
        sha256.update(bytes, at, BLOCK);
        try {
            sha256.digest(into, slot, DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException("there is always room for a digest", e);
        }
    }
}
