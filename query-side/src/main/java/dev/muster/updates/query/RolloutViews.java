package dev.muster.updates.query;

import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import dev.muster.updates.UpdatesRefusal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rollouts with their counters, from the view store. Those that were deleted are there for whoever asks for them. */
public final class RolloutViews {

    private static final String ROLLOUTS = "rollouts";
    private static final int ROLLOUTS_MAX = 5_000;
    private static final Comparator<RolloutView> NEWEST_FIRST = Comparator.comparing(RolloutView::createdAt)
            .thenComparing(rollout -> rollout.id().value())
            .reversed();

    private final ViewReads views;

    public RolloutViews(ViewReads views) {
        this.views = views;
    }

    /** A rollout with a tag that changes whenever its document does. */
    public record Found(RolloutView rollout, String tag) {}

    /** Fails with {@link UpdatesRefusal#ROLLOUT_UNKNOWN}, also when it was deleted. */
    public Mono<Found> find(RolloutId id) {
        return find(id, false);
    }

    /** @param deleted whether one that was deleted counts */
    public Mono<Found> find(RolloutId id, boolean deleted) {
        return views.find(ROLLOUTS, id.toString(), RolloutView.class)
                .filter(seen -> deleted || !seen.view().deleted())
                .map(seen -> new Found(seen.view(), seen.view().version() + "-" + seen.position()))
                .switchIfEmpty(
                        Mono.error(() -> UpdatesRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + id + ".")));
    }

    /** Newest first, without plots, failure reasons and those that were deleted. */
    public Flux<RolloutView> all(RolloutView.@Nullable State state) {
        return views.all(ROLLOUTS, ROLLOUTS_MAX, RolloutView.class, "progress", "reasons")
                .map(RolloutViews::bare)
                .filter(rollout -> !rollout.deleted() && (state == null || rollout.state() == state))
                .sort(NEWEST_FIRST);
    }

    /** Those of the ids that are there, likewise. */
    Flux<RolloutView> find(Collection<RolloutId> ids) {
        return ids.isEmpty()
                ? Flux.empty()
                : views.find(ROLLOUTS, ids.stream().map(RolloutId::toString).toList(), RolloutView.class)
                        .map(RolloutViews::bare)
                        .filter(rollout -> !rollout.deleted())
                        .sort(NEWEST_FIRST);
    }

    private static RolloutView bare(RolloutView rollout) {
        return new RolloutView(
                rollout.id(),
                rollout.plan(),
                rollout.state(),
                rollout.pauseCause(),
                rollout.groups(),
                rollout.earlier(),
                rollout.incompatible(),
                rollout.by(),
                rollout.decision(),
                rollout.stopCause(),
                rollout.rollback(),
                rollout.open(),
                rollout.deleted(),
                List.of(),
                List.of(),
                rollout.createdAt(),
                rollout.startedAt(),
                rollout.endedAt(),
                rollout.version());
    }
}
