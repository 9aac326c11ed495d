package dev.muster.updates.bundles;

import dev.muster.updates.ArtifactContent;
import dev.muster.updates.bundles.signatures.BrokenSignatureException;
import dev.muster.updates.bundles.signatures.CmsBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How a RAUC bundle ends: a CMS block, and behind it eight bytes that say how many it has, the highest first.
 *
 * @param start where the block starts and everything else ends
 */
record RaucTail(CmsBlock cms, long start) {

    static final int LENGTH_SIZE = Long.BYTES;
    static final int SIZE_MAX = CmsBlock.SIZE_MAX + LENGTH_SIZE;

    /** Images are filled up to whole blocks of this size. */
    private static final int PADDING = 4096;

    /** The end of any content, null when it does not end like a bundle. */
    static @Nullable RaucTail of(ArtifactContent content) throws IOException {
        long length = length(content);
        if (length < 1 || length > CmsBlock.SIZE_MAX || length > content.size() - LENGTH_SIZE) {
            return null;
        }
        try {
            return read(content, (int) length);
        } catch (BrokenSignatureException e) {
            return null;
        }
    }

    /** What follows an image of {@code imageSize} bytes, null when nothing does. */
    static @Nullable RaucTail behind(ArtifactContent content, long imageSize) throws IOException {
        long filledUp = (imageSize + PADDING - 1) / PADDING * PADDING;
        if (content.size() <= filledUp) {
            RaucTail tail = of(content);
            return tail != null && tail.start() >= imageSize ? tail : null;
        }
        long length = length(content);
        long room = content.size() - LENGTH_SIZE - imageSize;
        if (length < 1 || length > CmsBlock.SIZE_MAX || length > room) {
            throw Bundles.broken(
                    "The bundle does not end with its signature, or is cut short: its last bytes say that the signature has %s bytes, where at most %d fit."
                            .formatted(Long.toUnsignedString(length), Math.min(room, CmsBlock.SIZE_MAX)));
        }
        try {
            return read(content, (int) length);
        } catch (BrokenSignatureException e) {
            throw Bundles.broken("The bundle's signature %s.".formatted(e.getMessage()));
        }
    }

    /** Whether what follows an image may be what fills flash memory up: the content ends in zeros or in ones. */
    static boolean isFilling(ArtifactContent content) throws IOException {
        long end = length(content);
        return end == 0 || end == -1;
    }

    private static RaucTail read(ArtifactContent content, int length) throws IOException {
        long start = content.size() - LENGTH_SIZE - length;
        byte[] block = new byte[length];
        content.read(start, ByteBuffer.wrap(block));
        return new RaucTail(CmsBlock.parse(block), start);
    }

    /** As it stands there; -1 when there is no room for it. */
    private static long length(ArtifactContent content) throws IOException {
        if (content.size() < LENGTH_SIZE) {
            return -1;
        }
        ByteBuffer length = ByteBuffer.allocate(LENGTH_SIZE);
        content.read(content.size() - LENGTH_SIZE, length);
        return length.getLong(0);
    }
}
