package dev.muster.updates.query;

import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.DeviceView;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutView;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.Followings.NativeOffer;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.Selection.Candidate;
import dev.muster.updates.modes.Selection.Decision;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what one device is offered, as of one moment.
 *
 * @param mode what its update mode gives it, or null when the device just left
 * @param open the device's actions that are not over, the one that is served first first
 * @param rollouts those that are not over, and those that the device took part in, newest first
 * @param standing in the order in which they count
 */
record WhyCase(
        DeviceView device,
        @Nullable Mode mode,
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

    /**
     * The device as its update mode sees it.
     *
     * @param decision what the mode gives it, due or not
     * @param candidates rollouts of its feed that were gone through, newest first, as {@link Selection#candidates}
     * @param lackOfAssigned why what was assigned to it is not given, or null
     * @param actions the first to be worked on first
     * @param due what a wire of update modes has for it, or null for nothing
     * @param hasPlace whether it may begin, beside those that are at work
     */
    record Mode(
            Following device,
            Decision decision,
            List<Candidate> candidates,
            Selection.@Nullable Lack lackOfAssigned,
            List<Elsewhere> actions,
            Offers.@Nullable Due due,
            boolean hasPlace,
            int runningMax) {

        /** What the device is offered on such a wire if it asks now; null for nothing. */
        Offers.@Nullable Due offered() {
            return hasPlace && !Offers.isToDescribeItself(device) ? due : null;
        }
    }

    /** @param held why an action cannot be offered there now, or null when it can */
    record Elsewhere(NativeOffer action, Offers.@Nullable Held held) {}

    /** Whether an action of this rollout is open. */
    boolean worksFor(RolloutView rollout) {
        return open.stream().anyMatch(action -> rollout.id().equals(action.rollout()));
    }

    /** None counts as the maximum. */
    static int weight(ActionView action) {
        return action.weight() == null ? WEIGHT_MAX : action.weight();
    }
}
