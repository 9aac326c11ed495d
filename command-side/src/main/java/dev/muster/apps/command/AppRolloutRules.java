package dev.muster.apps.command;

import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.staging.command.StagingRules;

/** What the plan of a rollout of a release must look like. */
final class AppRolloutRules {

    static final int FILTER_LENGTH_MAX = 4_096;

    private AppRolloutRules() {}

    static void check(AppRolloutPlan plan) {
        StagingRules.check(plan.name(), plan.groups(), plan.timeout(), AppsRefusal.ROLLOUT_INVALID);
        if (plan.place().kind() == Place.Kind.DEVICE) {
            throw invalid("A rollout ends in what a project or a group stays with.");
        }
        AppTarget target = plan.target();
        if (target != null && !target.wantsIt()) {
            throw invalid("A rollout brings a release; it takes none away.");
        }
        if (plan.filter().isBlank() || plan.filter().length() > FILTER_LENGTH_MAX) {
            throw invalid("A filter has 1 to " + FILTER_LENGTH_MAX + " characters.");
        }
    }

    private static RuntimeException invalid(String why) {
        return AppsRefusal.ROLLOUT_INVALID.because(why);
    }
}
