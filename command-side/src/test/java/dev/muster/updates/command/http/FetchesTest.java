package dev.muster.updates.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactContent;
import dev.muster.updates.ArtifactStore.Inspection;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleReader;
import dev.muster.updates.RemoteFiles;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.command.http.Fetches.Fetched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class FetchesTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final RemoteUrl URL = RemoteUrl.parse("https://user:hush@h/os.swu");
    private static final BundleFacts FACTS = new BundleFacts(
            BundleFacts.Format.SWU,
            "os",
            "1.2",
            null,
            List.of(),
            List.of(),
            BundleFacts.Signature.ABSENT,
            null,
            null,
            false,
            List.of());

    private final List<String> kept = new ArrayList<>();

    /** What the other host gives. */
    private Flux<ByteBuffer> content = Flux.just(ByteBuffer.wrap(new byte[3]), ByteBuffer.wrap(new byte[4]));

    private Fetches fetches(BundleReader reader) {
        RemoteFiles files = new RemoteFiles() {
            @Override
            public Mono<RemoteFile> read(
                    RemoteUrl url, long sizeMax, UnaryOperator<Flux<ByteBuffer>> onTheWay, Inspection inspection) {
                assertThat(sizeMax).isEqualTo(1000);
                return onTheWay.apply(content)
                        .reduce(0, (size, bytes) -> size + bytes.remaining())
                        .map(size -> {
                            inspected(inspection, size);
                            return new RemoteFile("aa", "bb", "cc", size, Instant.EPOCH);
                        });
            }
        };
        UrlPasswords passwords = new UrlPasswords() {
            @Override
            public Mono<Void> keep(RemoteUrl url) {
                return Mono.fromRunnable(() -> kept.add(url.whole()));
            }

            @Override
            public String whole(String url) {
                throw new UnsupportedOperationException();
            }
        };
        return new Fetches(files, passwords, () -> reader, 1000);
    }

    private static void inspected(Inspection inspection, long size) {
        try {
            inspection.inspect(new ArtifactContent() {
                @Override
                public long size() {
                    return size;
                }

                @Override
                public void read(long offset, ByteBuffer into) {
                    into.position(into.limit());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says the facts after seven bytes. */
    private static final class Counting implements BundleReader {

        private int seen;

        @Override
        public void accept(ByteBuffer bytes) {
            seen += bytes.remaining();
        }

        @Override
        public @Nullable BundleFacts finish(ArtifactContent whole) {
            if (seen != 7) {
                throw UpdatesRefusal.BUNDLE_INVALID.because("It ends early.");
            }
            return FACTS;
        }
    }

    @Test
    void aFileIsKnownAndItsPasswordKept() {
        Fetched fetched = fetches(new Counting()).take(URL).block(SOON);

        assertThat(fetched.bundle()).isEqualTo(FACTS);
        assertThat(fetched.file().size()).isEqualTo(7);
        assertThat(fetched.url()).isSameAs(URL);
        assertThat(kept).containsExactly("https://user:hush@h/os.swu");
        assertThat(fetched.toString()).as("what a log would say").doesNotContain("hush");
    }

    @Test
    void aFileThatCouldNotBeReadLeavesTheOldPassword() {
        content = Flux.just(ByteBuffer.wrap(new byte[3]));
        assertThatThrownBy(() -> fetches(new Counting()).take(URL).block(SOON)).isInstanceOf(Refused.class);
        content = Flux.error(() -> UpdatesRefusal.URL_UNREADABLE.because("401"));
        assertThatThrownBy(() -> fetches(new Counting()).take(URL).block(SOON)).isInstanceOf(Refused.class);

        assertThat(kept).isEmpty();
    }

    @Test
    void notManyAreReadAtOnce() {
        content = Flux.never();
        Fetches fetches = fetches(new Counting());
        List<Disposable> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(fetches.take(URL).subscribe());
        }
        assertThatThrownBy(() -> fetches.take(URL).block(SOON))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo("kernel.overloaded"));

        running.getFirst().dispose();
        content = Flux.just(ByteBuffer.wrap(new byte[7]));
        assertThat(fetches.take(URL).block(SOON)).isNotNull();
        content = Flux.error(new IllegalStateException());
        assertThatThrownBy(() -> fetches.take(URL).block(SOON)).isInstanceOf(IllegalStateException.class);
        content = Flux.just(ByteBuffer.wrap(new byte[7]));
        // Its own reader has counted seven bytes before; what counts here is that there is a place.
        assertThatThrownBy(() -> fetches.take(URL).block(SOON))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo("updates.bundle-invalid"));
        running.forEach(Disposable::dispose);
    }
}
