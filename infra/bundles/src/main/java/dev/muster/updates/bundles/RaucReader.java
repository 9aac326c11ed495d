package dev.muster.updates.bundles;

import dev.muster.updates.ArtifactContent;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.bundles.signatures.ContentDigests;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a RAUC bundle: an image, and behind it its signature. While the bytes stream by only the digest is computed that
 * a signature of the whole image is about; the rest is read when all is there.
 */
final class RaucReader implements BundleReader {

    private final BundleSettings settings;
    private final TailHeldDigest streamed = new TailHeldDigest(ContentDigests.digest("SHA-256"), RaucTail.SIZE_MAX);

    RaucReader(BundleSettings settings) {
        this.settings = settings;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        streamed.update(bytes);
    }

    @Override
    public @Nullable BundleFacts finish(ArtifactContent content) throws IOException {
        return new RaucInspection(settings, content).ofImage(streamed);
    }
}
