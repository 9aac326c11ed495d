package dev.muster.server.overview;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rollouts by state, and the targets of those under way, for metrics. Bounded: the newest running ones only. */
public final class RolloutCounts implements Fold {

    private static final int ROLLOUTS_SHOWN_MAX = 50;

    private final Map<RolloutId, Count> rollouts = new LinkedHashMap<>();
    private volatile @org.jspecify.annotations.Nullable MultiGauge targets;
    private volatile @org.jspecify.annotations.Nullable MultiGauge ratios;

    private static final class Count {
        String name = "";
        State state = State.CREATING;
        int offered;
        int succeeded;
        int failed;
        int canceled;

        int ended() {
            return succeeded + failed + canceled;
        }
    }

    @Override
    public String name() {
        return "rollout-counts";
    }

    @Override
    public synchronized void apply(Recorded recorded) {
        if (!(recorded.event() instanceof RolloutEvent event)) {
            return;
        }
        Count count = rollouts.computeIfAbsent(event.rolloutId(), id -> new Count());
        switch (event) {
            case RolloutCreated e -> count.name = e.plan().name();
            case RolloutReady ignored -> count.state = State.READY;
            case RolloutStarted ignored -> count.state = State.RUNNING;
            case RolloutPaused ignored -> count.state = State.PAUSED;
            case RolloutResumed ignored -> count.state = State.RUNNING;
            case RolloutAborted ignored -> count.state = State.STOPPED;
            case RolloutFinished ignored -> count.state = State.FINISHED;
            case GroupOffered e -> count.offered += e.offered();
            case RolloutProgressed e ->
                e.tallies().forEach(tally -> {
                    count.succeeded += tally.succeeded();
                    count.failed += tally.failed();
                    count.canceled += tally.canceled();
                });
            default -> {}
        }
    }

    public void bindTo(MeterRegistry registry) {
        for (State state : State.values()) {
            Gauge.builder("muster.rollouts", () -> inState(state))
                    .description("Rollouts by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        targets = MultiGauge.builder("muster.rollout.targets")
                .description("Targets of rollouts under way by state")
                .register(registry);
        ratios = MultiGauge.builder("muster.rollout.success.ratio")
                .description("Share of ended targets that succeeded, 0 to 1")
                .register(registry);
    }

    /** Writes the rows of the rollouts under way anew. Called on a timer, off the reader's thread. */
    public void refresh() {
        MultiGauge targetRows = targets;
        MultiGauge ratioRows = ratios;
        if (targetRows == null || ratioRows == null) {
            return;
        }
        List<MultiGauge.Row<?>> perState = new ArrayList<>();
        List<MultiGauge.Row<?>> perRollout = new ArrayList<>();
        for (Map.Entry<RolloutId, Count> entry : shown()) {
            Count count = entry.getValue();
            Tags tags = Tags.of("rollout", entry.getKey().toString(), "name", count.name);
            perState.add(MultiGauge.Row.of(tags.and("state", "open"), Math.max(0, count.offered - count.ended())));
            perState.add(MultiGauge.Row.of(tags.and("state", "succeeded"), count.succeeded));
            perState.add(MultiGauge.Row.of(tags.and("state", "failed"), count.failed));
            perState.add(MultiGauge.Row.of(tags.and("state", "canceled"), count.canceled));
            perRollout.add(
                    MultiGauge.Row.of(tags, count.ended() == 0 ? 1.0 : (double) count.succeeded / count.ended()));
        }
        targetRows.register(perState, true);
        ratioRows.register(perRollout, true);
    }

    private synchronized List<Map.Entry<RolloutId, Count>> shown() {
        List<Map.Entry<RolloutId, Count>> running = new ArrayList<>();
        rollouts.entrySet().forEach(entry -> {
            State state = entry.getValue().state;
            if (state == State.RUNNING || state == State.PAUSED) {
                running.add(entry);
            }
        });
        return running.subList(Math.max(0, running.size() - ROLLOUTS_SHOWN_MAX), running.size());
    }

    private synchronized int inState(State state) {
        return (int)
                rollouts.values().stream().filter(each -> each.state == state).count();
    }
}
