package dev.muster.updates.command;

import dev.muster.updates.ActionType;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;

/** What a rollout plan must look like. */
final class RolloutRules {

    private RolloutRules() {}

    static void check(RolloutPlan plan) {
        if (plan.name().isBlank() || plan.name().length() > Release.TEXT_MAX) {
            throw invalid("A rollout's name has 1 to " + Release.TEXT_MAX + " characters.");
        }
        if (plan.groups().isEmpty() || plan.groups().size() > RolloutPlan.GROUPS_MAX) {
            throw invalid("A rollout has 1 to " + RolloutPlan.GROUPS_MAX + " groups.");
        }
        double sum = 0;
        for (RolloutPlan.Group group : plan.groups()) {
            if (group.name().isBlank() || group.name().length() > Release.TEXT_MAX) {
                throw invalid("A group's name has 1 to " + Release.TEXT_MAX + " characters.");
            }
            if (!(group.percent() > 0 && group.percent() <= 100)) {
                throw invalid("A group's share is above 0 and at most 100 percent.");
            }
            if (!share(group.successPercent()) || !share(group.errorPercent())) {
                throw invalid("Thresholds are 0 to 100 percent.");
            }
            sum += group.percent();
        }
        if (sum > 100.001) {
            throw invalid("The groups' shares add up to " + sum + " percent.");
        }
        if (plan.weight() != null && (plan.weight() < 0 || plan.weight() > AssignmentDecision.WEIGHT_MAX)) {
            throw invalid("A weight is 0 to " + AssignmentDecision.WEIGHT_MAX + ".");
        }
        if (plan.type() == ActionType.TIME_FORCED && plan.forcedAt() == null) {
            throw invalid("A time-forced rollout says when it becomes forced (forcedAt).");
        }
        if (plan.timeout() != null
                && (plan.timeout().isNegative() || plan.timeout().isZero())) {
            throw invalid("A time-out is longer than nothing.");
        }
    }

    private static boolean share(double percent) {
        return percent >= 0 && percent <= 100;
    }

    private static RuntimeException invalid(String why) {
        return UpdatesRefusal.ROLLOUT_INVALID.because(why);
    }
}
