package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.ID;
import static dev.muster.apps.command.AppHouse.PLAN;
import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppRolloutCommand;
import dev.muster.apps.AppRolloutCommand.AbortRollout;
import dev.muster.apps.AppRolloutCommand.CompletePlanning;
import dev.muster.apps.AppRolloutCommand.CreateRollout;
import dev.muster.apps.AppRolloutCommand.EndMembers;
import dev.muster.apps.AppRolloutCommand.FinishRollout;
import dev.muster.apps.AppRolloutCommand.PauseRollout;
import dev.muster.apps.AppRolloutCommand.PlanMembers;
import dev.muster.apps.AppRolloutCommand.ReachGroup;
import dev.muster.apps.AppRolloutCommand.RecordProgress;
import dev.muster.apps.AppRolloutCommand.ResumeRollout;
import dev.muster.apps.AppRolloutCommand.StartRollout;
import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppRolloutEvent.EveryoneEnded;
import dev.muster.apps.AppRolloutEvent.MembersEnded;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutFinished;
import dev.muster.apps.AppRolloutEvent.RolloutResumed;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.staging.PauseCause;
import dev.muster.staging.SeenPause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rollout of a release goes by the machinery of the house; here is what is its own. */
class AppRolloutDecisionTest {

    private static final DeviceId ONE = new DeviceId("one");

    private AppRolloutState state = AppRolloutState.NONE;

    private List<AppRolloutEvent> does(AppRolloutCommand... commands) {
        List<AppRolloutEvent> all = new ArrayList<>();
        for (AppRolloutCommand command : commands) {
            for (AppRolloutEvent event : AppRolloutDecision.decide(command, state)) {
                state = state.after(event);
                all.add(event);
            }
        }
        return all;
    }

    private static AppRolloutPlan plan(@Nullable AppTarget target, Place place, String filter, int groups) {
        Group each = new Group("g", 100.0 / groups, 80, 20, null, null);
        return new AppRolloutPlan(
                "winter",
                PLAN.app(),
                "1.1",
                target,
                place,
                filter,
                java.util.Collections.nCopies(groups, each),
                null,
                null,
                11);
    }

    @Test
    void oneGroupOfOneDeviceGoesFromBeginningToEnd() {
        AppRolloutPlan plan = plan(null, PLAN.place(), "id==*", 1);
        does(
                new CreateRollout(ID, plan),
                new PlanMembers(ID, 0, 0, List.of(ONE)),
                new CompletePlanning(ID, List.of(1)),
                new StartRollout(ID));
        assertThat(does(new EndMembers(ID, 0, Outcome.SUCCEEDED, List.of(ONE), null)))
                .containsExactly(new MembersEnded(ID, 0, Outcome.SUCCEEDED, List.of(ONE), null));
        List<AppRolloutEvent> counted =
                does(new ReachGroup(ID, 0, 1), new RecordProgress(ID, List.of(new Ended(9, 0, Outcome.SUCCEEDED))));
        assertThat(counted).contains(new EveryoneEnded(ID));
        assertThat(does(new FinishRollout(ID))).containsExactly(new RolloutFinished(ID));
        assertThat(does(new FinishRollout(ID))).isEmpty();
    }

    @Test
    void onlyThePauseThatWasSeenEnds() {
        does(
                new CreateRollout(ID, plan(null, PLAN.place(), "id==*", 1)),
                new PlanMembers(ID, 0, 0, List.of(ONE)),
                new CompletePlanning(ID, List.of(1)),
                new StartRollout(ID),
                new PauseRollout(ID));
        assertRefused(
                AppsRefusal.ROLLOUT_STATE,
                () -> does(new ResumeRollout(ID, new SeenPause(PauseCause.GROUP_SUCCEEDED, 0))));
        SeenPause seen = new SeenPause(PauseCause.OPERATOR, 0);
        assertThat(does(new ResumeRollout(ID, seen))).containsExactly(new RolloutResumed(ID));
        assertThat(does(new ResumeRollout(ID, seen))).isEmpty();
    }

    @Test
    void thePlanIsLookedAt() {
        for (AppRolloutPlan wrong : List.of(
                plan(AppTarget.UNINSTALLED, PLAN.place(), "id==*", 1),
                plan(null, Place.device(ONE), "id==*", 1),
                plan(null, PLAN.place(), " ", 1))) {
            assertRefused(
                    AppsRefusal.ROLLOUT_INVALID,
                    () -> AppRolloutDecision.decide(new CreateRollout(ID, wrong), AppRolloutState.NONE));
        }
    }

    @Test
    void theSamePlanAgainIsNothingAndAnotherIsRefused() {
        does(new CreateRollout(ID, PLAN));
        assertThat(does(new CreateRollout(ID, PLAN))).isEmpty();
        AppRolloutPlan other = plan(null, PLAN.place(), "id==x", 1);
        assertRefused(AppsRefusal.ROLLOUT_EXISTS, () -> does(new CreateRollout(ID, other)));
    }

    @Test
    void whatDoesNotExistIsNotStartedAndWhatDoesIsAborted() {
        assertRefused(AppsRefusal.ROLLOUT_UNKNOWN, () -> does(new StartRollout(ID)));
        does(new CreateRollout(ID, PLAN));
        assertThat(does(new AbortRollout(ID, "why"))).containsExactly(new RolloutAborted(ID, "why"));
        assertThat(does(new AbortRollout(ID, "why"))).isEmpty();
    }
}
