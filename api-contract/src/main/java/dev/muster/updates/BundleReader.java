package dev.muster.updates;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an update bundle's own description while its bytes stream by. One instance reads one upload; it never needs
 * the bytes again and holds a bounded amount of them. Not thread-safe.
 */
public interface BundleReader {

    /**
     * Takes the next bytes (position to limit; the buffer's position is left where it was).
     * Throws {@link dev.muster.kernel.Refused} with {@link UpdatesRefusal#BUNDLE_INVALID} as soon as the bundle is
     * known to be broken, and keeps throwing after that.
     */
    void accept(ByteBuffer bytes);

    /**
     * Called once after the last byte. Null when the content is no known bundle format (a plain file).
     * Throws like {@link #accept} when the bundle is cut short or its parts do not match its description.
     */
    @Nullable
    BundleFacts finish();

    /** Makes readers. Tells the format from the first bytes. */
    interface Factory {
        BundleReader newReader();
    }
}
