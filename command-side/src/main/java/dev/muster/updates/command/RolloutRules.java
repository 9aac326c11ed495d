package dev.muster.updates.command;

import dev.muster.staging.command.StagingRules;
import dev.muster.updates.ActionType;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;

/** What a rollout plan must look like. */
final class RolloutRules {

    private RolloutRules() {}

    static void check(RolloutPlan plan) {
        StagingRules.check(plan.name(), plan.groups(), plan.timeout(), UpdatesRefusal.ROLLOUT_INVALID);
        StagingRules.checkStart(plan.startAt(), UpdatesRefusal.ROLLOUT_INVALID);
        if (plan.weight() != null && (plan.weight() < 0 || plan.weight() > AssignmentDecision.WEIGHT_MAX)) {
            throw invalid("A weight is 0 to " + AssignmentDecision.WEIGHT_MAX + ".");
        }
        if (plan.type() == ActionType.TIME_FORCED && plan.forcedAt() == null) {
            throw invalid("A time-forced rollout says when it becomes forced (forcedAt).");
        }
    }

    private static RuntimeException invalid(String why) {
        return UpdatesRefusal.ROLLOUT_INVALID.because(why);
    }
}
