package dev.muster.apps.command;

import dev.muster.apps.AppState;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.InstallationCommand;
import dev.muster.apps.InstallationCommand.ForgetInstallation;
import dev.muster.apps.InstallationCommand.HoldApp;
import dev.muster.apps.InstallationCommand.ReportAppPorts;
import dev.muster.apps.InstallationCommand.ReportAppState;
import dev.muster.apps.InstallationCommand.ResumeApp;
import dev.muster.apps.InstallationCommand.RotateAppCredential;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.InstallationEvent.AppCredentialRotated;
import dev.muster.apps.InstallationEvent.AppHeld;
import dev.muster.apps.InstallationEvent.AppPortsReported;
import dev.muster.apps.InstallationEvent.AppResumed;
import dev.muster.apps.InstallationEvent.AppStateReported;
import dev.muster.apps.InstallationEvent.InstallationForgotten;
import dev.muster.apps.ReportedApp;
import dev.muster.apps.ReportedApp.Held;
import java.util.List;
import java.util.Objects;

/** What follows from a word about an app on a device: an event, none, or a refusal. */
final class InstallationDecision {

    private InstallationDecision() {}

    /** @param known false when nothing was ever heard or asked of it, or it was forgotten */
    static List<InstallationEvent> decide(InstallationCommand command, ReportedApp app, boolean known) {
        return switch (command) {
            case ReportAppState c -> reported(c, app);
            case ReportAppPorts c -> {
                AppFaceRules.onlyPorts(c.ports(), AppsRefusal.REPORT_INVALID);
                yield c.ports().equals(app.ports())
                        ? List.of()
                        : List.of(new AppPortsReported(c.device(), c.app(), c.stage(), c.ports()));
            }
            case HoldApp c -> held(c, app);
            case ResumeApp c ->
                app.held() == null && app.failures() == 0
                        ? List.of()
                        : List.of(new AppResumed(c.device(), c.app(), c.stage()));
            case RotateAppCredential c ->
                List.of(new AppCredentialRotated(c.device(), c.app(), c.stage(), app.credentialEpoch() + 1));
            case ForgetInstallation c ->
                known ? List.of(new InstallationForgotten(c.device(), c.app(), c.stage())) : List.of();
        };
    }

    private static List<InstallationEvent> reported(ReportAppState c, ReportedApp app) {
        int failures = failures(c, app);
        boolean same =
                c.state() == app.state() && Objects.equals(c.release(), app.release()) && c.update() == app.update();
        return same
                ? List.of()
                : List.of(new AppStateReported(
                        c.device(), c.app(), c.stage(), c.state(), c.release(), c.update(), failures));
    }

    /**
     * How often it failed in a row. An agent tries again by itself, over STARTING and RUNNING and FAILED; so only a rest,
     * another release, or having been well for a while ends a row.
     */
    private static int failures(ReportAppState c, ReportedApp app) {
        boolean another =
                c.release() != null && app.release() != null && !c.release().equals(app.release());
        int before = another ? 0 : app.failures();
        return switch (c.state()) {
            case FAILED -> app.isWell(c.at()) ? 1 : before + 1;
            case PRESENT, REMOVED, UNINSTALLED, BUILT, PUBLISHED -> 0;
            case BUILDING,
                    TRANSFERED,
                    TRANSFERING,
                    PUBLISHING,
                    DOWNLOADING,
                    STARTING,
                    STOPPING,
                    UPDATING,
                    DELETING,
                    RUNNING -> before;
        };
    }

    private static List<InstallationEvent> held(HoldApp c, ReportedApp app) {
        AppState state = app.state();
        boolean coming = state == AppState.DOWNLOADING
                || state == AppState.BUILDING
                || state == AppState.PUBLISHING
                || state == AppState.TRANSFERING;
        if (!coming && state != AppState.UPDATING) {
            throw AppsRefusal.NOTHING_UNDER_WAY.because(
                    state == null ? "Nothing was heard of it yet." : "It is " + state + ".");
        }
        Held now = new Held(c.release(), coming);
        return now.equals(app.held())
                ? List.of()
                : List.of(new AppHeld(c.device(), c.app(), c.stage(), c.release(), coming));
    }
}
