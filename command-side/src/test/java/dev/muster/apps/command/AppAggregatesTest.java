package dev.muster.apps.command;

import static dev.muster.kernel.command.Refusals.refused;

import dev.muster.apps.AgentStatus;
import dev.muster.apps.AppAccountCommand.AssignAccount;
import dev.muster.apps.AppAccountEvent.AccountAssigned;
import dev.muster.apps.AppAgentCommand.ReportAgentStatus;
import dev.muster.apps.AppCommand.AddRelease;
import dev.muster.apps.AppCommand.CreateApp;
import dev.muster.apps.AppEvent.AppCreated;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishCommand.InheritApp;
import dev.muster.apps.AppWishCommand.WantApp;
import dev.muster.apps.AppWishEvent.AppInherited;
import dev.muster.apps.AppWishEvent.AppWanted;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.InstallationCommand.ReportAppState;
import dev.muster.apps.InstallationCommand.RotateAppCredential;
import dev.muster.apps.InstallationEvent.AppStateReported;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectCommand.ChangeProject;
import dev.muster.apps.ProjectEvent.ProjectChanged;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.ReleaseKey;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** Aggregates under Axon itself: commands find them, events come back, answers are what the contract says. */
class AppAggregatesTest {

    private static final AppName HELLO = new AppName("hello");
    private static final AppKey APP = new AppKey(7);
    private static final DeviceId DEVICE = new DeviceId("d");
    private static final Place SITE = Place.group("site/line");
    private static final AppWish RUN = AppWish.NOTHING.adopting("1.0", AppTarget.RUNNING);

    @Test
    void anAppAnswersItsKeyAndAReleaseItsOwn() {
        new AggregateTestFixture<>(CataloguedApp.class)
                .givenNoPriorActivity()
                .when(new CreateApp(HELLO, APP, AppFace.PLAIN))
                .expectEvents(new AppCreated(HELLO, APP, AppFace.PLAIN))
                .expectResultMessagePayload(7L);
        new AggregateTestFixture<>(CataloguedApp.class)
                .given(new AppCreated(HELLO, APP, AppFace.PLAIN))
                .when(new CreateApp(HELLO, new AppKey(8), AppFace.PLAIN))
                .expectNoEvents()
                .expectResultMessagePayload(7L);
        new AggregateTestFixture<>(CataloguedApp.class)
                .given(new AppCreated(HELLO, APP, AppFace.PLAIN))
                .when(new AddRelease(HELLO, new ReleaseKey(70), "1.0", List.of(), null, "", true))
                .expectResultMessagePayload(70L);
    }

    @Test
    void aWishCountsItsVersions() {
        new AggregateTestFixture<>(PlacedWish.class)
                .givenNoPriorActivity()
                .when(new WantApp(APP, SITE, RUN, 11, 0L))
                .expectEvents(new AppWanted(APP, SITE, 1, RUN, 11))
                .expectResultMessagePayload(1L);
        new AggregateTestFixture<>(PlacedWish.class)
                .given(new AppWanted(APP, SITE, 1, RUN, 11))
                .when(new InheritApp(APP, SITE, 1L))
                .expectEvents(new AppInherited(APP, SITE, 2))
                .expectResultMessagePayload(2L);
    }

    @Test
    void anAccountIsNumberedOnce() {
        new AggregateTestFixture<>(NumberedAccount.class)
                .givenNoPriorActivity()
                .when(new AssignAccount("user:ann", 11))
                .expectEvents(new AccountAssigned("user:ann", 11))
                .expectResultMessagePayload(11L);
        new AggregateTestFixture<>(NumberedAccount.class)
                .given(new AccountAssigned("user:ann", 11))
                .when(new AssignAccount("user:ann", 12))
                .expectNoEvents()
                .expectResultMessagePayload(11L);
    }

    @Test
    void theMainProjectIsChangedWithoutBeingMade() {
        new AggregateTestFixture<>(DeviceProject.class)
                .givenNoPriorActivity()
                .when(new ChangeProject(ProjectKey.MAIN, "ours", null, 0L))
                .expectEvents(new ProjectChanged(ProjectKey.MAIN, "ours", "muster"))
                .expectResultMessagePayload(1L);
    }

    @Test
    void aReportMakesAnInstallationKnown() {
        ReportAppState report = new ReportAppState(
                DEVICE, APP, AppStage.PROD, AppState.FAILED, null, AppUpdateStatus.NONE, Instant.EPOCH);
        new AggregateTestFixture<>(InstalledApp.class)
                .givenNoPriorActivity()
                .when(report)
                .expectEvents(new AppStateReported(
                        DEVICE, APP, AppStage.PROD, AppState.FAILED, null, AppUpdateStatus.NONE, 1))
                .expectResultMessagePayload(true);
        new AggregateTestFixture<>(InstalledApp.class)
                .given(new AppStateReported(DEVICE, APP, AppStage.PROD, AppState.FAILED, null, AppUpdateStatus.NONE, 1))
                .when(new RotateAppCredential(DEVICE, APP, AppStage.PROD))
                .expectResultMessagePayload(2);
    }

    @Test
    void anAgentThatIsNotEnrolledReportsNothing() {
        refused(
                new AggregateTestFixture<>(EnrolledAgent.class)
                        .givenNoPriorActivity()
                        .when(new ReportAgentStatus(DEVICE, AgentStatus.CONNECTED, 1, true)),
                AppsRefusal.AGENT_UNKNOWN);
    }
}
