package dev.muster.apps.command;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue.Release;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppStage;
import dev.muster.apps.Installations;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.ReportedApp;
import dev.muster.apps.ReportedApp.Held;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import org.jspecify.annotations.Nullable;

/** What has become of a rollout on a device that it has reached. */
final class AppVerdicts {

    static final String LEFT = "has no agent any more";
    static final String HAD_IT = "had it already";
    static final String HAS_NOT = "is not to have the app";
    static final String OTHERWISE = "its own wish says otherwise";
    static final String NO_BUILD = "there is nothing for its architecture";
    static final String CALLED_OFF = "called off";

    private final Installations installations;
    private final AppAgents agents;

    AppVerdicts(Installations installations, AppAgents agents) {
        this.installations = installations;
        this.agents = agents;
    }

    /** @param message why, or null */
    record Verdict(Outcome outcome, @Nullable String message) {}

    /** When its group has just started: a failure from before says nothing of the release yet. */
    @Nullable
    Verdict first(AppRolloutPlan plan, DeviceId device) {
        Verdict verdict = of(plan, device);
        if (verdict == null || verdict.outcome() == Outcome.FAILED) {
            return null;
        }
        return verdict.outcome() == Outcome.SUCCEEDED ? new Verdict(Outcome.SUCCEEDED, HAD_IT) : verdict;
    }

    /** Null while it is not over. */
    @Nullable
    Verdict of(AppRolloutPlan plan, DeviceId device) {
        if (agents.find(device) == null) {
            return new Verdict(Outcome.CANCELED, LEFT);
        }
        Installation app = installations.find(device, plan.app(), AppStage.PROD);
        if (app == null || app.wanted() == null) {
            return new Verdict(Outcome.CANCELED, HAS_NOT);
        }
        if (!plan.version().equals(app.wanted().version())) {
            return new Verdict(Outcome.CANCELED, OTHERWISE);
        }
        Release next = app.next();
        if (next == null) {
            return new Verdict(Outcome.CANCELED, app.wanted().target().wantsIt() ? NO_BUILD : OTHERWISE);
        }
        if (app.isAsWanted()) {
            return new Verdict(Outcome.SUCCEEDED, null);
        }
        Held held = app.reported().held();
        if (held != null && held.concerns(next.key())) {
            return new Verdict(Outcome.CANCELED, CALLED_OFF);
        }
        return failed(app.reported(), next);
    }

    /** Failures with another release are of the time before; with none said, they are of what was to come. */
    private static @Nullable Verdict failed(ReportedApp app, Release next) {
        boolean ofIt = app.release() == null || next.key().equals(app.release());
        return ofIt && app.isCrashLooping()
                ? new Verdict(Outcome.FAILED, "failed " + app.failures() + " times in a row")
                : null;
    }
}
