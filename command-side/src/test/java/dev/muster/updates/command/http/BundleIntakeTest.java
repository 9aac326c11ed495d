package dev.muster.updates.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactContent;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.BundleFacts.Format;
import dev.muster.updates.BundleReader;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Numbers;
import dev.muster.updates.OpenActions;
import dev.muster.updates.RemoteFiles;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.SoftwareShelf;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is no software for wires whose devices choose it by its version: refused before anything of it is kept. */
class BundleIntakeTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private boolean kept;

    /** Keeps what passes its inspection, and nothing else is ever asked of it. */
    private final ArtifactStore store = new ArtifactStore() {
        @Override
        public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax, Inspection inspection) {
            return content.then(Mono.fromCallable(() -> {
                inspection.inspect(unused(ArtifactContent.class));
                kept = true;
                return new StoredArtifact("aa", "bb", "cc", 3, Instant.EPOCH, null);
            }));
        }

        @Override
        public Mono<StoredArtifact> find(String sha256) {
            return Mono.empty();
        }

        @Override
        public Flux<ByteBuffer> read(String sha256, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Boolean> delete(String sha256) {
            throw new UnsupportedOperationException();
        }
    };

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new UnsupportedOperationException(method.toString());
        }));
    }

    private void isRefused(@Nullable BundleFacts facts, UpdatesRefusal code) {
        BundleReader.Factory bundles = () -> new BundleReader() {
            @Override
            public void accept(ByteBuffer bytes) {}

            @Override
            public @Nullable BundleFacts finish(ArtifactContent content) throws IOException {
                return facts;
            }
        };
        Uploads uploads = new Uploads(store, bundles, 1000);
        UrlPasswords passwords = unused(UrlPasswords.class);
        BundleIntake intake = new BundleIntake(
                uploads,
                new ReleaseFiles(
                        store,
                        unused(Catalogue.class),
                        unused(OpenActions.class),
                        unused(RolloutMemberships.class),
                        Set::of,
                        unused(Positions.class)),
                new Fetches(unused(RemoteFiles.class), passwords, bundles, 1000),
                new ReleaseAssembly(uploads, unused(Numbers.class)),
                unused(Catalogue.class),
                unused(SoftwareShelf.class),
                unused(FeedRollouts.class),
                passwords,
                unused(Commands.class),
                unused(Positions.class));
        assertThatThrownBy(() -> intake.upload(Flux.just(ByteBuffer.wrap(new byte[3])), "a.raucb", Map.of())
                        .block(SOON))
                .satisfies(e -> assertThat(Refused.is(e, code)).as(e.toString()).isTrue());
        assertThat(kept).isFalse();
    }

    private static BundleFacts facts(Format format, String version, boolean encrypted) {
        return new BundleFacts(
                format,
                "rauc-test-goosebit-rev4.2b",
                version,
                null,
                List.of(),
                List.of(),
                BundleFacts.Signature.VALID,
                null,
                null,
                encrypted,
                List.of());
    }

    @Test
    void gb50_anEncryptedBundleOfRaucIsNone() {
        isRefused(facts(Format.RAUC, "1.2.3", true), UpdatesRefusal.BUNDLE_INVALID);
    }

    @Test
    void aPlainFileIsNone() {
        isRefused(null, UpdatesRefusal.BUNDLE_INVALID);
    }

    @Test
    void aVersionThatCannotBeComparedIsNone() {
        isRefused(facts(Format.SWU, "latest and greatest", false), UpdatesRefusal.VERSION_INVALID);
    }
}
