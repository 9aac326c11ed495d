package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactContent;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.UpdatesRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes readers that tell the format of an upload from its first four bytes. {@code 0707} starts a cpio archive and so
 * an SWUpdate bundle; everything else is a plain file.
 */
public final class Bundles implements BundleReader.Factory {

    private final BundleSettings settings;

    public Bundles(BundleSettings settings) {
        this.settings = settings;
    }

    @Override
    public BundleReader newReader() {
        return newReader(Long.MAX_VALUE);
    }

    /**
     * A reader that knows how much is coming, so that it refuses an entry too big for the upload at its header already.
     *
     * @param sizeAnnounced bytes of the whole upload; more than these are refused in bundles
     */
    public BundleReader newReader(long sizeAnnounced) {
        return new ByFirstBytes(settings, sizeAnnounced);
    }

    /** Waits for the first four bytes, then hands all of them to the reader of that format. */
    private static final class ByFirstBytes implements BundleReader {

        private static final byte[] CPIO = "0707".getBytes(StandardCharsets.US_ASCII);

        private final BundleSettings settings;
        private final long sizeAnnounced;
        private final ByteBuffer first = ByteBuffer.allocate(CPIO.length);
        private @Nullable SwuReader swu;

        ByFirstBytes(BundleSettings settings, long sizeAnnounced) {
            this.settings = settings;
            this.sizeAnnounced = sizeAnnounced;
        }

        @Override
        public void accept(ByteBuffer bytes) {
            ByteBuffer rest = bytes.duplicate();
            while (first.hasRemaining() && rest.hasRemaining()) {
                first.put(rest.get());
                if (!first.hasRemaining() && first.flip().equals(ByteBuffer.wrap(CPIO))) {
                    swu = new SwuReader(settings, sizeAnnounced);
                    swu.accept(first.duplicate());
                    first.position(first.limit());
                }
            }
            if (swu != null) {
                swu.accept(rest);
            }
        }

        @Override
        public @Nullable BundleFacts finish(ArtifactContent content) {
            return swu == null ? null : swu.finish(content);
        }
    }

    /** The refusal of a bundle, with the reason in one sentence. */
    static Refused broken(String reason) {
        return UpdatesRefusal.BUNDLE_INVALID.because(reason);
    }
}
