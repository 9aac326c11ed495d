package dev.muster.updates.command;

import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutEvent.Tally;
import dev.muster.updates.RolloutPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decisions about a rollout need to know of its past: sizes, counters, thresholds; never a list of devices. */
final class RolloutState {

    enum Phase {
        NONE,
        CREATING,
        READY,
        RUNNING,
        PAUSED,
        STOPPED,
        FINISHED
    }

    /** Counters of a group. */
    static final class Group {
        final RolloutPlan.Group plan;
        int chunks;
        int size;
        boolean started;
        boolean offered;
        boolean succeeded;
        boolean failed;
        int skipped;
        int successes;
        int failures;
        int cancels;

        Group(RolloutPlan.Group plan) {
            this.plan = plan;
        }

        int ended() {
            return skipped + successes + failures + cancels;
        }

        boolean allEnded() {
            return offered && ended() >= size;
        }

        boolean enoughSucceeded() {
            return offered && (size == 0 || 100.0 * (successes + skipped) / size >= plan.successPercent());
        }

        private List<Object> facts() {
            return List.of(
                    plan, chunks, size, started, offered, succeeded, failed, skipped, successes, failures, cancels);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Group group && facts().equals(group.facts());
        }

        @Override
        public int hashCode() {
            return facts().hashCode();
        }

        /** More than the allowed share failed, or everyone has ended and too few succeeded. */
        boolean tooManyFailed() {
            return size > 0 && 100.0 * failures / size > plan.errorPercent() || allEnded() && !enoughSucceeded();
        }
    }

    Phase phase = Phase.NONE;

    @Nullable
    RolloutPlan plan;

    final List<Group> groups = new ArrayList<>();
    /** Whether it shall start as soon as it is ready. */
    boolean startAwaited;
    /** Position up to which ends were counted. */
    long counted = -1;

    void after(RolloutEvent event) {
        switch (event) {
            case RolloutCreated e -> {
                phase = Phase.CREATING;
                plan = e.plan();
                e.plan().groups().forEach(group -> groups.add(new Group(group)));
            }
            case MembersPlanned e -> groups.get(e.group()).chunks = e.chunk() + 1;
            case RolloutReady e -> {
                phase = Phase.READY;
                for (int i = 0; i < groups.size(); i++) {
                    groups.get(i).size = e.sizes().get(i);
                }
            }
            case RolloutStartAwaited ignored -> startAwaited = true;
            case RolloutStarted ignored -> phase = Phase.RUNNING;
            case GroupStarted e -> groups.get(e.group()).started = true;
            case GroupOffered e -> {
                groups.get(e.group()).offered = true;
                groups.get(e.group()).skipped = e.skipped();
            }
            case RolloutProgressed e -> {
                counted = e.counted();
                for (Tally tally : e.tallies()) {
                    Group group = groups.get(tally.group());
                    group.successes += tally.succeeded();
                    group.failures += tally.failed();
                    group.cancels += tally.canceled();
                }
            }
            case GroupSucceeded e -> groups.get(e.group()).succeeded = true;
            case GroupFailed e -> groups.get(e.group()).failed = true;
            case RolloutPaused ignored -> phase = Phase.PAUSED;
            case RolloutResumed ignored -> phase = Phase.RUNNING;
            case RolloutAborted ignored -> phase = Phase.STOPPED;
            case RolloutFinished ignored -> phase = Phase.FINISHED;
        }
    }
}
