package dev.muster.apps.query;

import static dev.muster.apps.query.TestApps.HELLO;
import static dev.muster.apps.query.TestApps.KEY;
import static dev.muster.apps.query.TestApps.OWN;
import static dev.muster.apps.query.TestApps.ROBOT;
import static dev.muster.apps.query.TestApps.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppAgentEvent.AgentMoved;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppEvent.AppRemoved;
import dev.muster.apps.AppEvent.ReleaseAdded;
import dev.muster.apps.AppEvent.ReleaseYanked;
import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutEvent.MembersPlanned;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutEvent.RolloutReady;
import dev.muster.apps.AppRolloutEvent.RolloutStarted;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppRolloutView.RolloutGroup;
import dev.muster.apps.AppRollouts.Membership;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.InstallationEvent.AppStateReported;
import dev.muster.apps.InstallationEvent.InstallationForgotten;
import dev.muster.apps.Installations.Condition;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.testing.MemoryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wanted beside what is, however it came about. */
class InstallationIndexTest {

    private static final DeviceId OTHER = new DeviceId("other");

    private final TestApps apps = new TestApps();

    @BeforeEach
    void aDeviceAndAnApp() {
        apps.enrols(ROBOT);
        apps.releases("1.0", "1.1");
    }

    private @Nullable Installation found() {
        return apps.installations.find(ROBOT, KEY, AppStage.PROD);
    }

    private Installation installation() {
        return Objects.requireNonNull(found());
    }

    private Condition condition() {
        return installation().condition(MemoryLog.START.plus(Duration.ofMinutes(1)));
    }

    @Test
    void whatNobodyWantsAndNobodyReportedIsNotThere() {
        assertThat(found()).isNull();
        assertThat(apps.installations.of(ROBOT)).isEmpty();
        assertThat(apps.installations.having(KEY)).isEmpty();
    }

    @Test
    void projectGroupAndDeviceSayInTurn() {
        apps.wants(Place.project(ProjectKey.MAIN), AppTarget.PRESENT, null);
        assertThat(installation().wanted().target()).isEqualTo(AppTarget.PRESENT);
        apps.wants(SITE, AppTarget.RUNNING, "1.0");
        assertThat(installation().wanted().targetFrom()).isEqualTo("group/site");
        assertThat(installation().next().version()).isEqualTo("1.0");
        apps.wants(OWN, AppTarget.RUNNING, null);
        assertThat(installation().next().version()).isEqualTo("1.1");
        apps.inherits(OWN);
        assertThat(installation().next().version()).isEqualTo("1.0");
    }

    @Test
    void aDeviceInAnotherProjectHasTheWishesOfThatOne() {
        apps.wants(Place.project(ProjectKey.MAIN), AppTarget.RUNNING, null);
        apps.happens(new AgentMoved(ROBOT, new ProjectKey(2)));
        assertThat(found()).isNull();
        assertThat(apps.agents.in(ProjectKey.MAIN)).isEmpty();
        assertThat(apps.agents.in(new ProjectKey(2))).hasSize(1);
    }

    @Test
    void conditionsFollowTheDevice() {
        apps.wants(SITE, AppTarget.RUNNING, null);
        assertThat(condition()).isEqualTo(Condition.BEHIND);
        apps.reports(ROBOT, AppState.DOWNLOADING, 71L);
        assertThat(condition()).isEqualTo(Condition.UNDER_WAY);
        apps.reports(ROBOT, AppState.RUNNING, 71L);
        assertThat(condition()).isEqualTo(Condition.IN_STEP);
        apps.happens(new ReleaseAdded(HELLO, new ReleaseKey(72), "1.2", List.of(), null, "", true));
        assertThat(condition()).isEqualTo(Condition.BEHIND);
        apps.reports(ROBOT, AppState.FAILED, 72L);
        assertThat(condition()).isEqualTo(Condition.FAILED);
        apps.inherits(SITE);
        apps.reports(ROBOT, AppState.UNINSTALLED, 72L);
        assertThat(condition()).isEqualTo(Condition.IN_STEP);
    }

    @Test
    void anAppThatHasBeenRunningForAWhileIsInNoCrashLoop() {
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.happens(new AppStateReported(
                ROBOT, KEY, AppStage.PROD, AppState.FAILED, new ReleaseKey(71), AppUpdateStatus.NONE, 3));
        assertThat(condition()).isEqualTo(Condition.CRASH_LOOP);
        apps.happens(new AppStateReported(
                ROBOT, KEY, AppStage.PROD, AppState.RUNNING, new ReleaseKey(71), AppUpdateStatus.NONE, 3));
        assertThat(condition()).as("it may fail the next moment").isEqualTo(Condition.CRASH_LOOP);
        Instant later =
                Objects.requireNonNull(installation().reported().since()).plus(ReportedApp.WELL_AFTER);
        assertThat(installation().condition(later)).isEqualTo(Condition.IN_STEP);
    }

    @Test
    void architecturesDecideWhatIsTheNewest() {
        apps.happens(new ReleaseAdded(HELLO, new ReleaseKey(72), "1.2", List.of("arm64"), null, "", true));
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.runsOn(ROBOT, "amd64");
        assertThat(installation().next().version()).isEqualTo("1.1");
        apps.runsOn(ROBOT, "arm64");
        assertThat(installation().next().version()).isEqualTo("1.2");
    }

    @Test
    void withoutAReleaseItSaysSo() {
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.happens(new ReleaseYanked(HELLO, "1.0", "bad"));
        apps.happens(new ReleaseYanked(HELLO, "1.1", "bad"));
        assertThat(condition()).isEqualTo(Condition.NO_RELEASE);
    }

    @Test
    void anAppThatWasRemovedIsNotWantedAndStillKnown() {
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.reports(ROBOT, AppState.RUNNING, 71L);
        apps.happens(new AppRemoved(HELLO));
        assertThat(installation().wanted()).isNull();
        assertThat(Objects.requireNonNull(installation().order()).target()).isEqualTo(AppState.UNINSTALLED);
    }

    @Test
    void whoIsNotEnrolledHasNothing() {
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.reports(ROBOT, AppState.RUNNING, 71L);
        apps.happens(new EnrolmentEnded(ROBOT));
        assertThat(found()).isNull();
        assertThat(apps.installations.known(ROBOT)).hasSize(1);
        apps.happens(new InstallationForgotten(ROBOT, KEY, AppStage.PROD));
        assertThat(apps.installations.known(ROBOT)).isEmpty();
    }

    @Test
    void rolloutsReachGroupAfterGroup() {
        apps.enrols(OTHER);
        apps.wants(SITE, AppTarget.RUNNING, "1.0");
        AppRolloutId id = new AppRolloutId(new UUID(1, 2));
        Group half = new Group("half", 50, 80, 20, null, null);
        Group looked = new Group("half", 50, 80, 20, null, null, true);
        AppRolloutPlan plan =
                new AppRolloutPlan("r", KEY, "1.1", null, SITE, "id==*", List.of(looked, half), null, null, 11);
        String aggregate = id.aggregateId();
        apps.log.record(aggregate, new RolloutCreated(id, plan));
        assertThat(apps.rollouts.needed(id).groups())
                .extracting(RolloutGroup::pauseAfter)
                .containsExactly(true, false);
        apps.log.record(aggregate, new MembersPlanned(id, 0, 0, List.of(OTHER)));
        apps.log.record(aggregate, new MembersPlanned(id, 1, 0, List.of(ROBOT)));
        apps.log.record(aggregate, new RolloutReady(id, List.of(1, 1)));
        apps.log.record(aggregate, new RolloutStarted(id));
        apps.log.record(aggregate, new GroupStarted(id, 0));
        assertThat(installation().next().version()).isEqualTo("1.0");
        assertThat(apps.installations.find(OTHER, KEY, AppStage.PROD).next().version())
                .isEqualTo("1.1");
        assertThat(apps.rollouts.membership(KEY, ROBOT)).isEqualTo(new Membership(id, KEY, 1, false, false));
        List<String> told = new ArrayList<>();
        var unused = apps.installations.onChange((device, app) -> told.add(device + " " + app));
        apps.log.record(aggregate, new GroupStarted(id, 1));
        assertThat(installation().wanted().versionFrom()).isEqualTo("rollout/" + id);
        assertThat(told).containsExactly("robot 7");
        apps.log.record(aggregate, new RolloutAborted(id, null));
        assertThat(installation().next().version()).isEqualTo("1.0");
        assertThat(told).containsExactly("robot 7", "other 7", "robot 7");
    }

    @Test
    void changesAreToldOfToThoseTheyConcern() throws Exception {
        List<String> told = new ArrayList<>();
        AutoCloseable ear = apps.installations.onChange((device, app) -> told.add(device + " " + app));
        apps.wants(SITE, AppTarget.RUNNING, null);
        apps.wants(OWN, AppTarget.RUNNING, null);
        apps.runsOn(ROBOT, "arm64");
        apps.reports(ROBOT, AppState.RUNNING, 71L);
        ear.close();
        apps.inherits(OWN);
        assertThat(told).containsExactly("null 7", "robot 7", "robot null", "robot 7");
    }
}
