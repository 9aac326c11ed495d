package dev.muster.updates.query;

import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.DeviceView;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutView;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.UpdateSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what one device is offered, as of one moment.
 *
 * @param open the device's actions that are not over, the one that is served first first
 * @param rollouts those that are not over, and those that the device took part in, newest first
 * @param standing in the order in which they count
 */
record WhyCase(
        DeviceView device,
        List<ActionView> open,
        List<Part> rollouts,
        List<Rule> standing,
        UpdateSettings settings,
        Instant now) {

    private static final int WEIGHT_MAX = 1000;

    /** The greater weight is served first, then the smaller number; what is only to be proven comes last. */
    static final Comparator<ActionView> SERVED_FIRST = Comparator.comparing(
                    (ActionView action) -> action.status() == ActionStatus.INSTALLED)
            .thenComparing(Comparator.comparingInt(WhyCase::weight).reversed())
            .thenComparingInt(ActionView::action);

    /**
     * A rollout and the device.
     *
     * @param group index of the group that it is a member of, or null when it is no member
     * @param status how it stands there, or null when it is no member
     * @param misses the comparisons of the plan's filter that keep it out; empty when it is hit, null when the filter
     *     cannot be read any more
     * @param fits whether the release fits its hardware
     */
    record Part(
            RolloutView rollout,
            @Nullable Integer group,
            @Nullable MemberStatus status,
            @Nullable List<FilterMiss> misses,
            boolean fits) {}

    /**
     * A standing assignment and the device.
     *
     * @param misses as in {@link Part}
     * @param gives the release that it has for such hardware, or null when none fits
     */
    record Rule(
            StandingAssignment assignment,
            @Nullable List<FilterMiss> misses,
            @Nullable ReleaseRef gives) {

        boolean hits() {
            return misses != null && misses.isEmpty();
        }
    }

    /** Whether an action of this rollout is open. */
    boolean worksFor(RolloutView rollout) {
        return open.stream().anyMatch(action -> rollout.id().equals(action.rollout()));
    }

    /** None counts as the maximum. */
    static int weight(ActionView action) {
        return action.weight() == null ? WEIGHT_MAX : action.weight();
    }
}
