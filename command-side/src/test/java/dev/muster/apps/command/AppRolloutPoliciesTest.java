package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.APP;
import static dev.muster.apps.command.AppHouse.ID;
import static dev.muster.apps.command.AppHouse.PLAN;
import static dev.muster.apps.command.AppHouse.SITE;
import static dev.muster.apps.command.AppHouse.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgentEvent.AgentSystemReported;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppRolloutCommand.CompletePlanning;
import dev.muster.apps.AppRolloutCommand.EndMembers;
import dev.muster.apps.AppRolloutCommand.FinishRollout;
import dev.muster.apps.AppRolloutCommand.PlanMembers;
import dev.muster.apps.AppRolloutCommand.ReachGroup;
import dev.muster.apps.AppRolloutCommand.RecordProgress;
import dev.muster.apps.AppRolloutCommand.RefuseFinish;
import dev.muster.apps.AppRolloutEvent.EveryoneEnded;
import dev.muster.apps.AppRolloutEvent.FinishRetried;
import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutEvent.MembersEnded;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.AppWishCommand.AdoptRelease;
import dev.muster.apps.InstallationEvent.AppStateReported;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.staging.Ended;
import dev.muster.staging.Outcome;
import dev.muster.testing.MemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollouts of releases: who is done, who is out, what counts, and how it ends. */
class AppRolloutPoliciesTest {

    private final AppHouse house = new AppHouse();
    private final MemoryLog positions = new MemoryLog();

    private static ReportedApp reported(AppState state, @Nullable Long release, int failures) {
        return new ReportedApp(
                AppStage.PROD,
                state,
                release == null ? null : new ReleaseKey(release),
                AppUpdateStatus.NONE,
                Instant.EPOCH,
                failures,
                List.of(),
                null,
                1);
    }

    private Recorded report(String device, AppState state, @Nullable Long release) {
        return house.recorded(new AppStateReported(
                device(device),
                APP,
                AppStage.PROD,
                state,
                release == null ? null : new ReleaseKey(release),
                AppUpdateStatus.NONE,
                0));
    }

    @Nested
    class Planning {

        private final AppFleet fleet = new AppFleet();
        private final WhenAppRolloutIsCreatedPlanItsMembers policy = new WhenAppRolloutIsCreatedPlanItsMembers(
                house.commands, new AppRolloutMembers(fleet, house.agents), house.rollouts, positions);

        private void plan(AppRolloutView.State state) {
            house.rollouts.state = state;
            policy.react(List.of(house.recorded(new RolloutCreated(ID, PLAN))));
        }

        @Test
        void onlyDevicesWithAnAgentTakePart() {
            fleet.hit("a", "b");
            house.agents.enrol("b");
            house.rollouts.member("b", 1, false);
            plan(AppRolloutView.State.CREATING);
            assertThat(house.commands.all)
                    .filteredOn(PlanMembers.class::isInstance)
                    .map(command -> ((PlanMembers) command).members())
                    .containsExactly(List.of(device("b")));
        }

        /** Two were frozen before the server fell; now the filter hits three. The rollout passes over what is named. */
        @Test
        void whoWasFrozenBeforeARestartIsWhoCounts() {
            for (String each : List.of("a", "b", "c")) {
                fleet.hit(each);
                house.agents.enrol(each);
            }
            house.rollouts.member("a", 0, false);
            house.rollouts.member("b", 1, false);
            plan(AppRolloutView.State.CREATING);
            assertThat(house.commands.all.getLast()).isEqualTo(new CompletePlanning(ID, List.of(1, 1)));
        }

        @ParameterizedTest
        @EnumSource(
                value = AppRolloutView.State.class,
                names = {"READY", "RUNNING", "PAUSED", "STOPPED", "FINISHED"})
        void heardAgainItIsPlannedAlready(AppRolloutView.State state) {
            fleet.hit("a");
            house.agents.enrol("a");
            plan(state);
            assertThat(house.commands.all).isEmpty();
        }
    }

    @Nested
    class Judging {

        private final WhenAppMembersAnswerJudgeThem policy = new WhenAppMembersAnswerJudgeThem(
                house.commands, house.rollouts, house.installations, house.agents, positions);

        @Test
        void aGroupThatStartsIsLookedThrough() {
            house.has("had", "1.1", reported(AppState.RUNNING, 71L, 0));
            house.has("behind", "1.1", reported(AppState.RUNNING, 70L, 0));
            house.has("own", "1.0", reported(AppState.RUNNING, 70L, 0));
            house.has("broken", "1.1", reported(AppState.FAILED, 71L, 5));
            house.agents.enrol("without");
            for (String each : List.of("had", "behind", "own", "broken", "without", "gone")) {
                house.rollouts.member(each, 0, true);
            }
            policy.react(List.of(house.recorded(new GroupStarted(ID, 0))));
            assertThat(house.commands.all)
                    .containsExactlyInAnyOrder(
                            new EndMembers(ID, 0, Outcome.SUCCEEDED, List.of(device("had")), AppVerdicts.HAD_IT),
                            new EndMembers(ID, 0, Outcome.CANCELED, List.of(device("own")), AppVerdicts.OTHERWISE),
                            new EndMembers(ID, 0, Outcome.CANCELED, List.of(device("without")), AppVerdicts.HAS_NOT),
                            new EndMembers(ID, 0, Outcome.CANCELED, List.of(device("gone")), AppVerdicts.LEFT),
                            new ReachGroup(ID, 0, 6));
            assertThat(house.commands.all.getLast()).isInstanceOf(ReachGroup.class);
        }

        @Test
        void whoRunsTheReleaseSucceeds() {
            house.rollouts.member("one", 0, true);
            house.has("one", "1.1", reported(AppState.STARTING, 71L, 0));
            policy.react(List.of(report("one", AppState.STARTING, 71L)));
            assertThat(house.commands.all).isEmpty();
            house.has("one", "1.1", reported(AppState.RUNNING, 71L, 0));
            policy.react(List.of(report("one", AppState.RUNNING, 71L)));
            assertThat(house.commands.all)
                    .containsExactly(new EndMembers(ID, 0, Outcome.SUCCEEDED, List.of(device("one")), null));
        }

        @Test
        void oneFailureIsNoVerdictAndACrashLoopIs() {
            house.rollouts.member("one", 0, true);
            house.has("one", "1.1", reported(AppState.FAILED, 71L, 1));
            policy.react(List.of(report("one", AppState.FAILED, 71L)));
            assertThat(house.commands.all).isEmpty();
            house.has("one", "1.1", reported(AppState.FAILED, 71L, 3));
            policy.react(List.of(report("one", AppState.FAILED, 71L)));
            assertThat(house.commands.all)
                    .containsExactly(
                            new EndMembers(ID, 0, Outcome.FAILED, List.of(device("one")), "failed 3 times in a row"));
        }

        @Test
        void failuresOfTheReleaseBeforeSayNothing() {
            house.rollouts.member("one", 0, true);
            house.has("one", "1.1", reported(AppState.FAILED, 70L, 9));
            policy.react(List.of(report("one", AppState.FAILED, 70L)));
            assertThat(house.commands.all).isEmpty();
        }

        /** It came for the first time when its group had started: till then nobody knew what it is. */
        @Test
        void whomNoBuildFitsIsOutOfItAsSoonAsThatIsKnown() {
            house.rollouts.member("one", 0, true);
            house.catalogue.app = AppHouse.Catalogue.onlyFor("arm64");
            house.agents.enrol("one", new AgentSystem("linux", "amd64", "", "0.20.20"));
            house.has("one", "1.1", ReportedApp.unheard(AppStage.PROD));
            policy.react(List.of(house.recorded(
                    new AgentSystemReported(device("one"), new AgentSystem("linux", "amd64", "", "0.20.20")))));
            assertThat(house.commands.all)
                    .containsExactly(
                            new EndMembers(ID, 0, Outcome.CANCELED, List.of(device("one")), AppVerdicts.NO_BUILD));
        }

        @Test
        void whoLeavesIsOutOfIt() {
            house.rollouts.member("one", 1, true);
            house.rollouts.member("waiting", 1, false);
            policy.react(List.of(
                    house.recorded(new EnrolmentEnded(device("one"))),
                    house.recorded(new EnrolmentEnded(device("waiting")))));
            assertThat(house.commands.all)
                    .containsExactly(new EndMembers(ID, 1, Outcome.CANCELED, List.of(device("one")), AppVerdicts.LEFT));
        }
    }

    @Nested
    class Counting {

        @Test
        void onlyTheFirstWordAboutAMemberCounts() {
            house.rollouts.member("one", 0, true);
            Recorded first = house.recorded(new MembersEnded(ID, 0, Outcome.SUCCEEDED, List.of(device("one")), null));
            Recorded second = house.recorded(new MembersEnded(ID, 0, Outcome.FAILED, List.of(device("one")), "late"));
            house.rollouts.ended("one", first.position());
            new WhenAppMembersEndCountThem(house.commands, house.rollouts, positions).react(List.of(first, second));
            assertThat(house.commands.all)
                    .containsExactly(
                            new RecordProgress(ID, List.of(new Ended(first.position(), 0, Outcome.SUCCEEDED))));
        }
    }

    @Nested
    class Settling {

        private final WhenAppRolloutEndsSettleIt policy =
                new WhenAppRolloutEndsSettleIt(house.commands, house.rollouts, house.catalogue, positions);
        private final AdoptRelease adopt = new AdoptRelease(APP, SITE, "1.1", null, PLAN.account());

        @Test
        void thePlaceStaysWithTheReleaseBeforeTheRolloutLetsGo() {
            policy.react(List.of(house.recorded(new EveryoneEnded(ID))));
            assertThat(house.commands.all).containsExactly(adopt, new FinishRollout(ID));
        }

        /** After a crash it is heard again, when somebody may have given the place another release. */
        @Test
        void whatIsOverIsNotSettledAgain() {
            house.rollouts.state = AppRolloutView.State.FINISHED;
            policy.react(List.of(house.recorded(new EveryoneEnded(ID))));
            house.rollouts.state = AppRolloutView.State.STOPPED;
            policy.react(List.of(house.recorded(new FinishRetried(ID))));
            assertThat(house.commands.all).isEmpty();
        }

        @Test
        void aReleaseThatWasTakenBackIsLeftToPeople() {
            house.catalogue.app = AppHouse.Catalogue.app(true);
            policy.react(List.of(house.recorded(new EveryoneEnded(ID))));
            assertThat(house.commands.all).containsExactly(new RefuseFinish(ID, "Release 1.1 was taken back."));
        }

        @Test
        void aBusyHouseIsAskedAgain() {
            house.commands.answer = command -> CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("busy"));
            Throwable failure = catchThrowable(() -> policy.react(List.of(house.recorded(new EveryoneEnded(ID)))));
            assertThat(Refused.is(failure, KernelRefusal.OVERLOADED)).isTrue();
            assertThat(house.commands.all).containsExactly(adopt);
        }
    }
}
