package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactContent;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.UpdatesRefusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes readers that tell the format of an upload from its first four bytes. {@code 0707} starts a cpio archive and so
 * an SWUpdate bundle, {@code hsqs} a squashfs image and so perhaps a RAUC bundle. An encrypted RAUC bundle starts with
 * ciphertext and is known by its end; everything else is a plain file.
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
        private static final byte[] SQUASHFS = "hsqs".getBytes(StandardCharsets.US_ASCII);

        private final BundleSettings settings;
        private final long sizeAnnounced;
        private final ByteBuffer first = ByteBuffer.allocate(CPIO.length);
        private @Nullable BundleReader format;

        ByFirstBytes(BundleSettings settings, long sizeAnnounced) {
            this.settings = settings;
            this.sizeAnnounced = sizeAnnounced;
        }

        @Override
        public void accept(ByteBuffer bytes) {
            ByteBuffer rest = bytes.duplicate();
            while (first.hasRemaining() && rest.hasRemaining()) {
                first.put(rest.get());
                if (!first.hasRemaining()) {
                    format = readerOf(first.flip());
                    if (format != null) {
                        format.accept(first.duplicate());
                    }
                    first.position(first.limit());
                }
            }
            if (format != null) {
                format.accept(rest);
            }
        }

        private @Nullable BundleReader readerOf(ByteBuffer start) {
            if (start.equals(ByteBuffer.wrap(CPIO))) {
                return new SwuReader(settings, sizeAnnounced);
            }
            return start.equals(ByteBuffer.wrap(SQUASHFS)) ? new RaucReader(settings) : null;
        }

        @Override
        public @Nullable BundleFacts finish(ArtifactContent content) throws IOException {
            return format == null ? new RaucInspection(settings, content).ofCiphertext() : format.finish(content);
        }
    }

    /** The refusal of a bundle, with the reason in one sentence. */
    static Refused broken(String reason) {
        return UpdatesRefusal.BUNDLE_INVALID.because(reason);
    }
}
