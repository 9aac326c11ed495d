package dev.muster.updates.command.http;

import dev.muster.updates.ArtifactContent;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** One pass of a bundle reader over a stream, and its look at the whole when it has arrived. */
final class BundleReading {

    private final BundleReader reader;
    private volatile @Nullable BundleFacts bundle;

    BundleReading(BundleReader reader) {
        this.reader = reader;
    }

    Flux<ByteBuffer> over(Flux<ByteBuffer> content) {
        return content.doOnNext(reader::accept);
    }

    /** The verdict; may block. */
    void finish(ArtifactContent whole) throws IOException {
        bundle = reader.finish(whole);
    }

    /** What it says about itself, once it has finished; null for a plain file. */
    @Nullable
    BundleFacts bundle() {
        return bundle;
    }
}
