package dev.muster.server.overview;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupAdded;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rollouts by state, and how those under way stand, for metrics: counted as it happens, so a scrape reads numbers and
 * adds up nothing. Those that are over are forgotten after an hour, but for their state.
 */
public final class RolloutCounts implements Fold {

    /** A rollout that is over is shown for as long, so that every scraper sees how it ended. */
    static final Duration SHOWN_AFTER_END = Duration.ofHours(1);

    private final Clock clock;
    private final Map<RolloutId, RolloutCount> rollouts = new LinkedHashMap<>();
    private final int[] inState = new int[State.values().length];
    private volatile @Nullable RolloutSeries series;

    public RolloutCounts(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rollout-counts";
    }

    @Override
    public synchronized void apply(Recorded recorded) {
        switch (recorded.event()) {
            case RolloutCreated e -> {
                rollouts.put(e.rolloutId(), new RolloutCount(e.plan()));
                inState[State.CREATING.ordinal()]++;
            }
            case RolloutEvent e -> {
                RolloutCount count = rollouts.get(e.rolloutId());
                if (count != null) {
                    own(count, e, recorded.at());
                }
            }
            case ActionEvent e -> action(e);
            default -> {}
        }
    }

    private void own(RolloutCount count, RolloutEvent event, Instant at) {
        switch (event) {
            case RolloutReady e -> {
                for (int i = 0; i < count.groups.size() && i < e.sizes().size(); i++) {
                    count.groups.get(i).size = e.sizes().get(i);
                }
                turn(count, count.approval && !count.approved ? State.WAITING_FOR_APPROVAL : State.READY);
            }
            case RolloutApproved ignored -> {
                count.approved = true;
                if (count.state == State.WAITING_FOR_APPROVAL) {
                    turn(count, State.READY);
                }
            }
            case RolloutDenied ignored -> end(count, State.APPROVAL_DENIED, at);
            case RolloutStarted ignored -> turn(count, State.RUNNING);
            case RolloutPaused ignored -> turn(count, State.PAUSED);
            case RolloutResumed ignored -> turn(count, State.RUNNING);
            case RolloutAborted ignored -> end(count, State.STOPPED, at);
            case RolloutFinished ignored -> end(count, State.FINISHED, at);
            case RolloutDeleted ignored -> {
                inState[count.state.ordinal()] -= count.deleted ? 0 : 1;
                count.deleted = true;
            }
            case GroupAdded e -> {
                if (e.group() == count.groups.size()) {
                    count.groups.add(new RolloutCount.Group(e.plan().name()));
                }
            }
            default -> group(count, event);
        }
    }

    private static void group(RolloutCount count, RolloutEvent event) {
        switch (event) {
            case GroupStarted e -> {
                RolloutCount.Group group = count.group(e.group());
                if (group != null) {
                    group.started = true;
                }
            }
            case GroupOffered e -> {
                RolloutCount.Group group = count.group(e.group());
                if (group != null) {
                    group.offered = e.offered();
                    group.skipped = e.skipped();
                }
            }
            case MembersOffered e -> {
                RolloutCount.Group group = count.group(e.group());
                if (group != null) {
                    group.skipped += e.skipped();
                }
            }
            case MembersJoined e -> {
                RolloutCount.Group group = count.group(e.group());
                if (group != null) {
                    group.size += e.members().size();
                }
            }
            default -> {}
        }
    }

    private void action(ActionEvent event) {
        switch (event) {
            case ActionAssigned e -> {
                RolloutCount.Group group = group(e.rollout(), e.group());
                if (group != null) {
                    boolean retry = e.tries() != null && e.tries().attempt() > 1;
                    group.retrying = retry ? Math.max(0, group.retrying - 1) : group.retrying;
                    group.offered += retry ? 0 : 1;
                }
            }
            case ActionInstalled e -> {
                RolloutCount.Group group = group(e.rollout(), e.group());
                if (group != null) {
                    group.verifying++;
                }
            }
            case ActionFinished e -> {
                RolloutCount.Group group = ended(e.rollout(), e.group(), e.installed());
                if (group != null) {
                    group.succeeded++;
                }
            }
            case ActionDownloaded e -> {
                RolloutCount.Group group = group(e.rollout(), e.group());
                if (group != null) {
                    group.succeeded++;
                }
            }
            case ActionFailed e -> {
                RolloutCount.Group group = ended(e.rollout(), e.group(), e.installed());
                if (group != null) {
                    group.retrying += e.retryAt() == null ? 0 : 1;
                    group.failed += e.retryAt() == null ? 1 : 0;
                }
            }
            case RetryGivenUp e -> {
                RolloutCount.Group group = group(e.rollout(), e.group());
                if (group != null) {
                    group.retrying = Math.max(0, group.retrying - 1);
                    group.failed++;
                }
            }
            case ActionCanceled e -> {
                RolloutCount.Group group = ended(e.rollout(), e.group(), e.installed());
                if (group != null) {
                    group.canceled++;
                }
            }
            default -> {}
        }
    }

    private RolloutCount.@Nullable Group group(@Nullable RolloutId rollout, @Nullable Integer index) {
        RolloutCount count = rollout == null ? null : rollouts.get(rollout);
        return count == null ? null : count.group(index);
    }

    private RolloutCount.@Nullable Group ended(
            @Nullable RolloutId rollout, @Nullable Integer index, @Nullable Boolean installed) {
        RolloutCount.Group group = group(rollout, index);
        if (group != null && Boolean.TRUE.equals(installed)) {
            group.verifying = Math.max(0, group.verifying - 1);
        }
        return group;
    }

    private void turn(RolloutCount count, State to) {
        if (!count.deleted) {
            inState[count.state.ordinal()]--;
            inState[to.ordinal()]++;
        }
        count.state = to;
    }

    private void end(RolloutCount count, State to, Instant at) {
        turn(count, to);
        count.endedAt = at;
    }

    public void bindTo(MeterRegistry registry) {
        for (State state : State.values()) {
            Gauge.builder("muster.rollouts", () -> inState(state))
                    .description("Rollouts by state")
                    .tag("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .register(registry);
        }
        series = new RolloutSeries(registry);
    }

    /** Writes the rows anew, and forgets the groups of what is over for long. Called on a timer, off the reader's thread. */
    public synchronized void refresh() {
        RolloutSeries rows = series;
        if (rows == null) {
            return;
        }
        Instant before = clock.instant().minus(SHOWN_AFTER_END);
        for (RolloutCount each : rollouts.values()) {
            if (each.endedAt != null && each.endedAt.isBefore(before)) {
                each.groups.clear();
            }
        }
        rows.write(rollouts, before);
    }

    private synchronized int inState(State state) {
        return inState[state.ordinal()];
    }
}
