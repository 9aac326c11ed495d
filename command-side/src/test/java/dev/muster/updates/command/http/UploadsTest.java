package dev.muster.updates.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactContent;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Nobody holds a place for ever, and there are not many. */
class UploadsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ArtifactContent NOTHING = new ArtifactContent() {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            throw new UnsupportedOperationException();
        }
    };

    private final AtomicLong nanos = new AtomicLong();
    private final Uploads uploads = new Uploads(new Kept(), PlainFiles::new, 1L << 30, nanos::get);

    private static DataBuffer piece(int size) {
        return DefaultDataBufferFactory.sharedInstance.wrap(new byte[size]);
    }

    /** Pieces of this size with so much time before each. */
    private Flux<DataBuffer> sent(int pieces, int size, Duration before) {
        return Flux.range(0, pieces).map(i -> {
            nanos.addAndGet(before.toNanos());
            return piece(size);
        });
    }

    private void isRefused(Flux<DataBuffer> body, KernelRefusal code) {
        assertThatThrownBy(() -> uploads.take(body).block(SOON))
                .satisfies(e -> assertThat(Refused.is(e, code)).as(e.toString()).isTrue());
    }

    @Test
    void whoDripsIsNotWaitedFor() {
        isRefused(sent(1000, 1, Duration.ofSeconds(29)), KernelRefusal.INVALID_REQUEST);
        assertThat(Duration.ofNanos(nanos.get())).as("at the third piece").isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void whoIsSlowAndSteadyComesToTheEnd() {
        assertThat(uploads.take(sent(500, 16 * 1024, Duration.ofSeconds(1))).block(SOON))
                .isNotNull();
        assertThat(uploads.take(sent(2, 1, Duration.ofSeconds(29))).block(SOON))
                .as("the first minute counts for nothing")
                .isNotNull();
    }

    @Test
    void notManyComeAtOnce() {
        List<Disposable> running = new ArrayList<>();
        try {
            for (int i = 0; i < Uploads.AT_ONCE_MAX; i++) {
                running.add(uploads.take(Flux.never()).subscribe());
            }
            isRefused(Flux.just(piece(3)), KernelRefusal.OVERLOADED);

            running.getFirst().dispose();
            for (int i = 0; i < 3; i++) {
                assertThat(uploads.take(Flux.just(piece(3))).block(SOON)).isNotNull();
                assertThatThrownBy(() -> uploads.take(Flux.error(new IOException("reset")))
                                .block(SOON))
                        .hasRootCauseInstanceOf(IOException.class);
            }
        } finally {
            running.forEach(Disposable::dispose);
        }
    }

    /** Reads to the end and keeps it. */
    private static final class Kept implements ArtifactStore {

        @Override
        public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax, Inspection inspection) {
            return content.then(Mono.fromCallable(() -> {
                inspection.inspect(NOTHING);
                return new StoredArtifact("aa", "bb", "cc", 3, Instant.EPOCH, null);
            }));
        }

        @Override
        public Mono<StoredArtifact> find(String sha256) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Flux<ByteBuffer> read(String sha256, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Boolean> delete(String sha256) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class PlainFiles implements BundleReader {

        @Override
        public void accept(ByteBuffer bytes) {}

        @Override
        public @Nullable BundleFacts finish(ArtifactContent content) {
            return null;
        }
    }
}
