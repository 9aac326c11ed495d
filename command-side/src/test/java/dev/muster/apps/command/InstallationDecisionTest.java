package dev.muster.apps.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppKey;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.InstallationCommand.ForgetInstallation;
import dev.muster.apps.InstallationCommand.HoldApp;
import dev.muster.apps.InstallationCommand.ReportAppPorts;
import dev.muster.apps.InstallationCommand.ReportAppState;
import dev.muster.apps.InstallationCommand.ResumeApp;
import dev.muster.apps.InstallationCommand.RotateAppCredential;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.InstallationEvent.AppCredentialRotated;
import dev.muster.apps.InstallationEvent.AppHeld;
import dev.muster.apps.InstallationEvent.AppResumed;
import dev.muster.apps.InstallationEvent.InstallationForgotten;
import dev.muster.apps.PortRule;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstallationDecisionTest {

    private static final DeviceId DEVICE = new DeviceId("d");
    private static final AppKey APP = new AppKey(7);
    private static final ReleaseKey ONE = new ReleaseKey(70);
    private static final ReleaseKey TWO = new ReleaseKey(71);
    private static final AppStage PROD = AppStage.PROD;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private ReportedApp app = ReportedApp.unheard(PROD);

    private List<InstallationEvent> report(AppState state, ReleaseKey release) {
        now = now.plusSeconds(1);
        ReportAppState command = new ReportAppState(DEVICE, APP, PROD, state, release, AppUpdateStatus.NONE, now);
        List<InstallationEvent> events = InstallationDecision.decide(command, app, true);
        events.forEach(event -> app = app.after(event, now));
        return events;
    }

    @Test
    void theSameAgainIsNoEvent() {
        assertThat(report(AppState.RUNNING, ONE)).hasSize(1);
        Instant since = app.since();
        assertThat(report(AppState.RUNNING, ONE)).isEmpty();
        assertThat(app.since()).isEqualTo(since);
    }

    /** The agent starts it again and again; that it ran for a moment in between does not end the row. */
    @Test
    void failuresInARowMakeACrashLoop() {
        for (int i = 1; i <= 3; i++) {
            report(AppState.STARTING, ONE);
            report(AppState.RUNNING, ONE);
            report(AppState.FAILED, ONE);
            assertThat(app.failures()).isEqualTo(i);
        }
        assertThat(app.isCrashLooping()).isTrue();
        report(AppState.RUNNING, ONE);
        now = now.plus(Duration.ofMinutes(10));
        report(AppState.FAILED, ONE);
        assertThat(app.failures()).as("it was well for a while").isEqualTo(1);
    }

    @Test
    void anotherReleaseOrARestEndsTheRow() {
        report(AppState.FAILED, ONE);
        report(AppState.STARTING, ONE);
        report(AppState.FAILED, TWO);
        assertThat(app.failures()).isEqualTo(1);
        report(AppState.PRESENT, TWO);
        assertThat(app.failures()).isZero();
    }

    @Test
    void anUpdateThatIsCalledOffStaysOffUntilItMayGoOn() {
        report(AppState.UPDATING, ONE);
        HoldApp hold = new HoldApp(DEVICE, APP, PROD, TWO);
        AppHeld held = new AppHeld(DEVICE, APP, PROD, TWO, false);
        assertThat(InstallationDecision.decide(hold, app, true)).containsExactly(held);
        app = app.after(held, now);
        assertThat(InstallationDecision.decide(hold, app, true)).isEmpty();
        report(AppState.RUNNING, ONE);
        assertThat(app.held()).isNotNull();
        ResumeApp resume = new ResumeApp(DEVICE, APP, PROD);
        AppResumed resumed = new AppResumed(DEVICE, APP, PROD);
        assertThat(InstallationDecision.decide(resume, app, true)).containsExactly(resumed);
        app = app.after(resumed, now);
        assertThat(InstallationDecision.decide(resume, app, true)).isEmpty();
    }

    @Test
    void aDownloadThatIsCalledOffLeavesNothing() {
        report(AppState.DOWNLOADING, ONE);
        assertThat(InstallationDecision.decide(new HoldApp(DEVICE, APP, PROD, ONE), app, true))
                .containsExactly(new AppHeld(DEVICE, APP, PROD, ONE, true));
    }

    @ParameterizedTest
    @EnumSource(
            value = AppState.class,
            names = {"PRESENT", "RUNNING", "FAILED", "REMOVED", "UNINSTALLED", "BUILT", "STOPPING", "DELETING"})
    void whatIsNotComingCannotBeCalledOff(AppState state) {
        report(state, ONE);
        assertRefused(
                AppsRefusal.NOTHING_UNDER_WAY,
                () -> InstallationDecision.decide(new HoldApp(DEVICE, APP, PROD, ONE), app, true));
    }

    @Test
    void portsAreLookedAtAndSaidOnce() {
        PortRule web = new PortRule("web", 80, PortRule.Protocol.HTTP, true, false, false, "", 0, "", 40_000);
        ReportAppPorts ports = new ReportAppPorts(DEVICE, APP, PROD, List.of(web));
        List<InstallationEvent> events = InstallationDecision.decide(ports, app, true);
        assertThat(events).hasSize(1);
        assertThat(InstallationDecision.decide(ports, app.after(events.getFirst(), now), true))
                .isEmpty();
        assertRefused(
                AppsRefusal.REPORT_INVALID,
                () -> InstallationDecision.decide(new ReportAppPorts(DEVICE, APP, PROD, List.of(web, web)), app, true));
    }

    @Test
    void aCredentialGetsTheNextEpoch() {
        assertThat(InstallationDecision.decide(new RotateAppCredential(DEVICE, APP, PROD), app, true))
                .containsExactly(new AppCredentialRotated(DEVICE, APP, PROD, 2));
    }

    @Test
    void onlyWhatIsKnownIsForgotten() {
        ForgetInstallation forget = new ForgetInstallation(DEVICE, APP, PROD);
        assertThat(InstallationDecision.decide(forget, app, true))
                .containsExactly(new InstallationForgotten(DEVICE, APP, PROD));
        assertThat(InstallationDecision.decide(forget, app, false)).isEmpty();
    }
}
