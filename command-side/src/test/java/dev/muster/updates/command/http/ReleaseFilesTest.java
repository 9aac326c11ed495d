package dev.muster.updates.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Refused;
import dev.muster.staging.Phase;
import dev.muster.updates.ActionType;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Hardware;
import dev.muster.updates.OpenActions;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.command.AllSeen;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which files leave the store with a release that is deleted. */
class ReleaseFilesTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String ELSEWHERE = "https://example.org/";

    private final Map<ReleaseId, Catalogue.Release> releases = new HashMap<>();
    private final Set<ReleaseId> awaited = new HashSet<>();
    private final List<RolloutMemberships.OpenRollout> rollouts = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();
    private final TreeSet<String> stored = new TreeSet<>();
    private boolean broken;

    private ReleaseFiles files(Positions positions) {
        return new ReleaseFiles(new Store(), new Shelf(), new Awaited(), new Rollouts(), () -> texts, positions);
    }

    /** Files that begin as an address lie there. */
    private ReleaseId release(String name, String... contents) {
        ReleaseRef ref = new ReleaseRef(ReleaseId.of(name, "1"), name, "1");
        List<SoftwareModule> modules = Arrays.stream(contents)
                .map(each ->
                        new SoftwareModule(1, "os", name, "1", false, List.of(artifact(each)), List.of(), List.of()))
                .toList();
        releases.put(ref.id(), new Catalogue.Release(ref, modules, false, null, Instant.EPOCH, true, false, 0));
        stored.addAll(List.of(contents));
        return ref.id();
    }

    private static Artifact artifact(String content) {
        String url = content.startsWith(ELSEWHERE) ? content : null;
        return new Artifact("f", content, "s", "m", 1, Instant.EPOCH, url);
    }

    private void delete(ReleaseId id) {
        Catalogue.Release before = releases.get(id);
        releases.put(
                id, new Catalogue.Release(before.ref(), before.modules(), false, null, Instant.EPOCH, false, true, 1));
        files(new AllSeen()).clear(id).block(SOON);
    }

    @Test
    void allThatItHadLeavesWithIt() {
        delete(release("os", "a", "b", "a"));
        assertThat(stored).isEmpty();
    }

    @Test
    void whatAnotherReleaseHasStaysUntilThatGoesToo() {
        ReleaseId one = release("one", "a", "shared");
        ReleaseId two = release("two", "shared", "b");
        delete(one);
        assertThat(stored).containsExactly("b", "shared");
        delete(two);
        assertThat(stored).isEmpty();
    }

    @Test
    void whatLiesElsewhereIsNotOurs() {
        delete(release("os", "a", ELSEWHERE + "b"));
        assertThat(stored).containsExactly(ELSEWHERE + "b");
    }

    @Test
    void whatADeviceIsStillToGetStays() {
        ReleaseId one = release("one", "a");
        awaited.add(one);
        delete(one);
        assertThat(stored).containsExactly("a");
    }

    @Test
    void soItDoesWhenADeviceGetsItWithAReleaseThatWasDeletedBefore() {
        ReleaseId one = release("one", "shared");
        ReleaseId two = release("two", "shared", "b");
        awaited.add(one);
        delete(one);
        delete(two);
        assertThat(stored).containsExactly("shared");
    }

    @Test
    void whatARolloutIsAboutToGiveStays() {
        ReleaseId one = release("one", "a");
        RolloutPlan plan = new RolloutPlan(
                "r",
                releases.get(one).ref(),
                "id==*",
                List.of(),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                null,
                null);
        rollouts.add(new RolloutMemberships.OpenRollout(new RolloutId(new UUID(7, 7)), plan, Phase.RUNNING, false));
        delete(one);
        assertThat(stored).containsExactly("a");
    }

    @Test
    void whatIsADocumentsTextStays() {
        texts.add("a");
        delete(release("os", "a", "b"));
        assertThat(stored).containsExactly("a");
    }

    @Test
    void nothingLeavesWithAReleaseThatIsOnTheShelfOrUnknown() {
        files(new AllSeen()).clear(release("os", "a")).block(SOON);
        files(new AllSeen()).clear(ReleaseId.of("none", "1")).block(SOON);
        assertThat(stored).containsExactly("a");
    }

    @Test
    void nothingLeavesWhileItIsNotKnownWhoNeedsIt() {
        ReleaseId one = release("one", "a");
        files(new Behind()).clear(one).block(SOON);
        assertThat(stored).containsExactly("a");
    }

    @Test
    void theReleaseIsGoneAlsoWhenTheStoreFails() {
        broken = true;
        delete(release("os", "a"));
        assertThat(stored).containsExactly("a");
    }

    @Test
    void noReleaseIsMadeOfAFileThatWasJustRemoved() {
        ReleaseFiles files = files(new AllSeen());
        List<SoftwareModule> modules = releases.get(release("os", "a", "b")).modules();
        files.onlyStored(modules).block(SOON);
        stored.remove("b");
        assertThatThrownBy(() -> files.onlyStored(modules).block(SOON))
                .satisfies(e -> assertThat(Refused.is(e, KernelRefusal.OVERLOADED))
                        .as(e.toString())
                        .isTrue());
    }

    private final class Store implements ArtifactStore {

        @Override
        public Mono<StoredArtifact> store(Flux<ByteBuffer> content, long sizeMax, Inspection inspection) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<StoredArtifact> find(String sha256) {
            return stored.contains(sha256)
                    ? Mono.just(new StoredArtifact(sha256, "s", "m", 1, Instant.EPOCH, null))
                    : Mono.empty();
        }

        @Override
        public Flux<ByteBuffer> read(String sha256, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Boolean> delete(String sha256) {
            return broken
                    ? Mono.error(new IllegalStateException("the store is away"))
                    : Mono.fromCallable(() -> stored.remove(sha256));
        }
    }

    private final class Shelf implements Catalogue {

        @Override
        public @Nullable Release find(ReleaseId id) {
            return releases.get(id);
        }

        @Override
        public Collection<Release> all() {
            return releases.values().stream().filter(each -> !each.deleted()).toList();
        }

        @Override
        public @Nullable Release latest(@Nullable String name, Hardware hardware) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Awaited implements OpenActions {

        @Override
        public List<OpenAction> of(ReleaseId release) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<ReleaseId> releases() {
            return awaited;
        }
    }

    private final class Rollouts implements RolloutMemberships {

        @Override
        public @Nullable OpenRollout find(RolloutId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<OpenRollout> open() {
            return rollouts;
        }

        @Override
        public boolean contains(RolloutId id, dev.muster.registry.DeviceId device) {
            throw new UnsupportedOperationException();
        }
    }

    /** Folds that never see the newest. */
    private static final class Behind implements Positions {

        @Override
        public long committed() {
            return 1;
        }

        @Override
        public long folded() {
            return 0;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return Mono.error(KernelRefusal.NOT_CAUGHT_UP.because("The folds are behind."));
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return folded(position, waitMax);
        }
    }
}
