package dev.muster.updates.command.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.command.OneAtATime;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.Catalogue;
import dev.muster.updates.OpenActions;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Files of releases, which come and go through one door: a file is stored once for all that have it, so a release must
 * not be made of one that is just being taken away. What a deleted release had leaves the store, unless another release
 * has it too, or a device or a rollout is still to get it.
 */
public final class ReleaseFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseFiles.class);
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);
    private static final Duration TURN_MAX = Duration.ofSeconds(30);
    private static final int LOOK_UPS_AT_ONCE = 8;
    /** Far more than anybody makes or deletes at once. */
    private static final int WAITING_MAX = 256;

    private final ArtifactStore store;
    private final Catalogue catalogue;
    private final OpenActions actions;
    private final RolloutMemberships rollouts;
    private final Supplier<Set<String>> others;
    private final Positions positions;
    private final OneAtATime door = new OneAtATime(WAITING_MAX, "Too many releases are being made or deleted.");

    /** @param others SHA-256, lower-case hex, of what the store holds for somebody else than releases */
    public ReleaseFiles(
            ArtifactStore store,
            Catalogue catalogue,
            OpenActions actions,
            RolloutMemberships rollouts,
            Supplier<Set<String>> others,
            Positions positions) {
        this.store = store;
        this.catalogue = catalogue;
        this.actions = actions;
        this.rollouts = rollouts;
        this.others = others;
        this.positions = positions;
    }

    /**
     * One after the other, as they come: of two alike that come at once the second has to find the first on the shelf.
     * What has begun is finished, whoever hangs up; nobody waits for ever.
     */
    <T> Mono<T> alone(Mono<T> work) {
        return door.run(work.timeout(TURN_MAX)
                .onErrorMap(
                        TimeoutException.class,
                        e -> KernelRefusal.OVERLOADED.because("That takes too long at the moment.")));
    }

    /** Behind the door: the same content may have been there when it was sent, and been removed just now. */
    Mono<Void> onlyStored(List<SoftwareModule> modules) {
        return Flux.fromIterable(stored(modules))
                .flatMap(
                        sha256 -> store.find(sha256)
                                .switchIfEmpty(Mono.error(() -> KernelRefusal.OVERLOADED.because(
                                        "The file was removed just now; send it once more."))),
                        LOOK_UPS_AT_ONCE)
                .then();
    }

    /**
     * Behind the door: takes what nobody needs any more of a release that was just deleted out of the store. The release
     * is gone whatever becomes of its files, so this never fails.
     */
    Mono<Void> clear(ReleaseId deleted) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                // Whoever is at work on it is looked for in the whole fleet.
                .then(Mono.fromCallable(() -> spare(deleted)).subscribeOn(Schedulers.boundedElastic()))
                .flatMapIterable(spare -> spare)
                .concatMap(store::delete)
                .then()
                .onErrorResume(failure -> {
                    LOG.warn("Files of the deleted release {} stay in the store", deleted, failure);
                    return Mono.empty();
                });
    }

    private Set<String> spare(ReleaseId deleted) {
        Catalogue.Release release = catalogue.find(deleted);
        if (release == null || !release.deleted()) {
            return Set.of();
        }
        Set<String> spare = stored(release.modules());
        if (spare.isEmpty()) {
            return spare;
        }
        catalogue.all().forEach(each -> spare.removeAll(stored(each.modules())));
        actions.releases().forEach(each -> keep(catalogue.find(each), spare));
        rollouts.open()
                .forEach(each -> keep(catalogue.find(each.plan().release().id()), spare));
        spare.removeAll(others.get());
        return spare;
    }

    private static void keep(Catalogue.@Nullable Release release, Set<String> spare) {
        if (release != null) {
            spare.removeAll(stored(release.modules()));
        }
    }

    /** What lies here, not elsewhere. */
    private static Set<String> stored(List<SoftwareModule> modules) {
        Set<String> stored = new HashSet<>();
        for (SoftwareModule module : modules) {
            for (Artifact artifact : module.artifacts()) {
                if (artifact.url() == null) {
                    stored.add(artifact.sha256());
                }
            }
        }
        return stored;
    }
}
