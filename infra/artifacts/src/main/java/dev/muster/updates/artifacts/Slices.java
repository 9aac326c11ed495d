package dev.muster.updates.artifacts;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Turns a blocking source into a stream of buffers: one is read for each one asked for, and none ahead. */
final class Slices {

    static final int SIZE_MAX = 64 * 1024;

    private Slices() {}

    /** Bytes to be read in order. */
    interface Source extends Closeable {

        long remaining();

        /** Fills the buffer completely; it is never larger than what remains. */
        void fill(ByteBuffer buffer) throws IOException;
    }

    /** The source is opened per subscriber on the scheduler, and closed at the end, on failure and on cancel. */
    static Flux<ByteBuffer> flux(Callable<? extends Source> open, Scheduler scheduler) {
        return Flux.<ByteBuffer, Source>generate(
                        open::call,
                        (source, sink) -> {
                            if (source.remaining() > 0) {
                                sink.next(next(source));
                            }
                            if (source.remaining() == 0) {
                                sink.complete();
                            }
                            return source;
                        },
                        Slices::closed)
                .subscribeOn(scheduler);
    }

    /** A range outside of the content is a mistake of the caller. */
    static void checkRange(long size, long offset, long length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException(
                    "no %d bytes from %d in content of %d bytes".formatted(length, offset, size));
        }
    }

    private static ByteBuffer next(Source source) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(SIZE_MAX, source.remaining()));
        try {
            source.fill(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.flip();
    }

    private static void closed(Source source) {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
