package dev.muster.updates;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an update bundle's own description. One instance reads one upload: all bytes stream by first, and at the end
 * the whole can be looked at in any place, for formats whose description does not stand in front. It holds a bounded
 * amount of bytes. Used by one thread at a time.
 */
public interface BundleReader {

    /**
     * Takes the next bytes (position to limit; the buffer's position is left where it was).
     * Throws {@link dev.muster.kernel.Refused} with {@link UpdatesRefusal#BUNDLE_INVALID} as soon as the bundle is
     * known to be broken, and keeps throwing after that.
     */
    void accept(ByteBuffer bytes);

    /**
     * Called once after the last byte; may block. Null when the content is no known bundle format (a plain file).
     * Throws like {@link #accept} when the bundle is cut short or its parts do not match its description, and
     * {@link UpdatesRefusal#BUNDLE_UNSIGNED} or {@link UpdatesRefusal#BUNDLE_UNTRUSTED} when it must be signed.
     *
     * @param content the same bytes as were accepted
     */
    @Nullable
    BundleFacts finish(ArtifactContent content) throws IOException;

    /** Makes readers. Tells the format from the first bytes. */
    interface Factory {
        BundleReader newReader();
    }
}
