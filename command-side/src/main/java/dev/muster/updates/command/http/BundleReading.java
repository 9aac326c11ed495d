package dev.muster.updates.command.http;

import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** One pass of a bundle reader over a stream; the verdict falls before the stream completes. */
final class BundleReading {

    private final BundleReader reader;
    private @Nullable BundleFacts bundle;

    BundleReading(BundleReader reader) {
        this.reader = reader;
    }

    Flux<ByteBuffer> over(Flux<ByteBuffer> content) {
        Flux<ByteBuffer> end = Flux.defer(() -> {
            bundle = reader.finish();
            return Flux.empty();
        });
        return content.doOnNext(reader::accept).concatWith(end);
    }

    /** What it says about itself, once the stream has completed; null for a plain file. */
    @Nullable
    BundleFacts bundle() {
        return bundle;
    }
}
