package dev.muster.updates.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.BundleReader;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Hardware;
import dev.muster.updates.Numbers;
import dev.muster.updates.OpenActions;
import dev.muster.updates.ReleaseCommand.DeleteRelease;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RemoteFiles;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.command.AllSeen;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.SoftwareShelf;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the rollout of a feed gives stays on the shelf, whichever API is asked to take it off. */
class DeletingReleasesTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ReleaseRef GIVEN = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final ReleaseRef SPARE = new ReleaseRef(ReleaseId.of("os", "2"), "os", "2");
    private static final ReleaseRef PARTS = new ReleaseRef(ReleaseId.of("parts", "1"), "parts", "1");

    private final List<Object> sent = new ArrayList<>();
    private final List<FeedRollouts.FeedRollout> standing = new ArrayList<>(
            List.of(new FeedRollouts.FeedRollout(3, "winter", "default", 7, GIVEN, Instant.EPOCH, true, 0, 0)));
    private final ReleasesEndpoint endpoint = endpoint();

    private ReleasesEndpoint endpoint() {
        BundleReader.Factory bundles = () -> {
            throw new UnsupportedOperationException();
        };
        Uploads uploads = new Uploads(unused(ArtifactStore.class), bundles, 1000);
        return new ReleasesEndpoint(
                new Noted(),
                uploads,
                new Fetches(unused(RemoteFiles.class), unused(UrlPasswords.class), bundles, 1000),
                new ReleaseAssembly(uploads, unused(Numbers.class)),
                new ReleaseFiles(
                        unused(ArtifactStore.class),
                        new NoneLeft(),
                        unused(OpenActions.class),
                        unused(RolloutMemberships.class),
                        Set::of,
                        new AllSeen()),
                new TwoReleases(),
                new Standing(),
                new AllSeen());
    }

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new UnsupportedOperationException(method.toString());
        }));
    }

    private void delete(ReleaseRef release) {
        endpoint.delete(release.id().toString()).block(SOON);
    }

    @Test
    void whatAFeedsRolloutGivesStays() {
        assertThatThrownBy(() -> delete(GIVEN))
                .satisfies(e -> assertThat(Refused.is(e, UpdatesRefusal.SOFTWARE_REFERENCED))
                        .as(e.toString())
                        .isTrue());
        assertThat(sent).isEmpty();

        standing.clear();
        delete(GIVEN);
        assertThat(sent).containsExactly(new DeleteRelease(GIVEN.id()));
    }

    @Test
    void whatNoneGivesGoesAndSoDoesWhatIsNoSoftware() {
        delete(SPARE);
        delete(PARTS);
        assertThat(sent).containsExactly(new DeleteRelease(SPARE.id()), new DeleteRelease(PARTS.id()));
    }

    /** Which files leave with a release is looked at by its own test. */
    private static final class NoneLeft implements Catalogue {

        @Override
        public @Nullable Release find(ReleaseId id) {
            return null;
        }

        @Override
        public List<Release> all() {
            return List.of();
        }

        @Override
        public @Nullable Release latest(@Nullable String name, Hardware hardware) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Noted implements Commands {

        @Override
        public <R> Mono<R> send(Object command) {
            return Mono.fromRunnable(() -> sent.add(command));
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            throw new UnsupportedOperationException();
        }
    }

    /** One that is given and one that is not. */
    private static final class TwoReleases implements SoftwareShelf {

        private static Software software(long number, ReleaseRef release) {
            Artifact file =
                    new Artifact("a.swu", "0".repeat(64), "0".repeat(40), "0".repeat(32), 12, Instant.EPOCH, null);
            return new Software(number, release, release.version(), file, List.of(), Instant.EPOCH, true);
        }

        @Override
        public @Nullable Software find(long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Software of(ReleaseId release) {
            return all().stream()
                    .filter(each -> each.release().id().equals(release))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public List<Software> all() {
            return List.of(software(7, GIVEN), software(8, SPARE));
        }

        @Override
        public @Nullable Software latest(Hardware hardware) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Standing implements FeedRollouts {

        @Override
        public @Nullable FeedRollout find(long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<FeedRollout> all() {
            return List.copyOf(standing);
        }

        @Override
        public @Nullable FeedRollout newest(@Nullable String feed, Hardware hardware) {
            throw new UnsupportedOperationException();
        }
    }
}
