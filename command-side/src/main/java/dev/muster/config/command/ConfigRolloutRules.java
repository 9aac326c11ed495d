package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.Layer;
import dev.muster.staging.command.StagingRules;

/** What the plan of a configuration rollout must look like. */
final class ConfigRolloutRules {

    static final int FILTER_LENGTH_MAX = 4_096;

    private ConfigRolloutRules() {}

    static void check(ConfigRolloutPlan plan) {
        StagingRules.check(plan.name(), plan.groups(), plan.timeout(), ConfigRefusal.ROLLOUT_INVALID);
        StagingRules.checkStart(plan.startAt(), ConfigRefusal.ROLLOUT_INVALID);
        Layer.Kind target = plan.target().kind();
        if (target != Layer.Kind.FLEET && target != Layer.Kind.GROUP) {
            throw invalid("A rollout ends in the wishes of the fleet or of a group.");
        }
        if (plan.requests().isEmpty()) {
            throw invalid("A rollout gives values.");
        }
        if (plan.filter().isBlank() || plan.filter().length() > FILTER_LENGTH_MAX) {
            throw invalid("A filter has 1 to " + FILTER_LENGTH_MAX + " characters.");
        }
    }

    private static RuntimeException invalid(String why) {
        return ConfigRefusal.ROLLOUT_INVALID.because(why);
    }
}
