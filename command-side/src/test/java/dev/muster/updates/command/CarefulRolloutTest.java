package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.staging.Outcome;
import dev.muster.staging.Tally;
import dev.muster.updates.RolloutCommand.ApproveRollout;
import dev.muster.updates.RolloutCommand.CloseJoining;
import dev.muster.updates.RolloutCommand.CompleteRollback;
import dev.muster.updates.RolloutCommand.DenyRollout;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutCommand.RollBackRollout;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.RollbackFinished;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Joining;
import dev.muster.updates.RolloutPolicy.Rate;
import dev.muster.updates.RolloutPolicy.Retry;
import dev.muster.updates.RolloutPolicy.Rollback;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agreement, rollback, and what else a policy asks for. */
class CarefulRolloutTest extends RolloutStory {

    private static final RolloutPlan APPROVED = careful(new RolloutPolicy(true, null, null, null, null, null, null));

    private static Object[] waiting() {
        return new Object[] {new RolloutCreated(ID, APPROVED, ANN), new RolloutReady(ID, List.of(10, 90), 0)};
    }

    @Test
    void whoWantsItCannotAgreeToItNorDenyIt() {
        refused(waiting(), new ApproveRollout(ID, ANN, null), UpdatesRefusal.ROLLOUT_APPROVAL_OWN);
        refused(waiting(), new DenyRollout(ID, ANN, null), UpdatesRefusal.ROLLOUT_APPROVAL_OWN);
        fixture.given(waiting())
                .when(new ApproveRollout(ID, BOB, "looks good"))
                .expectEvents(new RolloutApproved(ID, BOB, "looks good"));
        fixture.given(waiting())
                .when(new DenyRollout(ID, BOB, "not now"))
                .expectEvents(new RolloutDenied(ID, BOB, "not now"));
    }

    @Test
    void anybodyAgreesToTheHousesOwn() {
        fixture.given(new RolloutCreated(ID, APPROVED, null), new RolloutReady(ID, List.of(10, 90), 0))
                .when(new ApproveRollout(ID, ANN, null))
                .expectEvents(new RolloutApproved(ID, ANN, null));
    }

    @Test
    void itStartsWhenItIsAgreedToAndNotBefore() {
        fixture.given(waiting()).when(new StartRollout(ID)).expectEvents(new RolloutStartAwaited(ID));
        fixture.given(and(waiting(), new RolloutStartAwaited(ID)))
                .when(new ApproveRollout(ID, BOB, null))
                .expectEvents(new RolloutApproved(ID, BOB, null), new RolloutStarted(ID), new GroupStarted(ID, 0));
    }

    @Test
    void aFailedGroupStartsTheRollbackThePlanWants() {
        RolloutPlan plan = careful(new RolloutPolicy(false, null, null, null, null, Rollback.ALL, null));
        Object[] given = running();
        given[0] = new RolloutCreated(ID, plan, ANN);
        fixture.given(given)
                .when(new RecordProgress(ID, ended(100, 0, Outcome.FAILED, 3)))
                .expectEvents(
                        new RolloutProgressed(ID, List.of(new Tally(0, 0, 3, 0)), 102),
                        new GroupFailed(ID, 0),
                        new RollbackStarted(ID, Rollback.ALL, true),
                        new RolloutAborted(ID, StopCause.ROLLED_BACK));
    }

    @Test
    void rollingBackByHandEndsItOnceAndMayReachFurther() {
        fixture.given(running())
                .when(new RollBackRollout(ID, Rollback.FAILED))
                .expectEvents(
                        new RollbackStarted(ID, Rollback.FAILED, false), new RolloutAborted(ID, StopCause.ROLLED_BACK));
        Object[] rolledBack = and(
                running(),
                new RollbackStarted(ID, Rollback.FAILED, false),
                new RolloutAborted(ID, StopCause.ROLLED_BACK));
        fixture.given(rolledBack).when(new RollBackRollout(ID, Rollback.FAILED)).expectNoEvents();
        fixture.given(rolledBack)
                .when(new RollBackRollout(ID, Rollback.ALL))
                .expectEvents(new RollbackStarted(ID, Rollback.ALL, false));
        fixture.given(rolledBack).when(new CompleteRollback(ID, 3)).expectEvents(new RollbackFinished(ID, 3));
        fixture.given(and(rolledBack, new RollbackFinished(ID, 3)))
                .when(new CompleteRollback(ID, 2))
                .expectNoEvents();
    }

    @Test
    void whatWasNeverOfferedCannotBeRolledBack() {
        refused(
                new Object[] {new RolloutCreated(ID, PLAN, ANN), new RolloutReady(ID, List.of(10, 90), 0)},
                new RollBackRollout(ID, Rollback.ALL),
                UpdatesRefusal.ROLLOUT_STATE);
    }

    @Test
    void whatNobodyJoinsCannotBeClosed() {
        refused(running(), new CloseJoining(ID), UpdatesRefusal.ROLLOUT_STATE);
    }

    private static void onlySensible(RolloutPolicy bad) {
        assertThatThrownBy(() -> RolloutRules.check(careful(bad))).isInstanceOf(Refused.class);
    }

    @Test
    void careHasLimits() {
        Duration minute = Duration.ofMinutes(1);
        assertThatCode(() -> RolloutRules.check(careful(new RolloutPolicy(
                        true,
                        new Rate(1, 1.5, 1_000_000),
                        new Retry(10, Duration.ofSeconds(1), 10),
                        minute,
                        new Joining(100_000, 100, 0),
                        Rollback.FAILED,
                        null))))
                .doesNotThrowAnyException();
        onlySensible(new RolloutPolicy(false, new Rate(0, null, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(1_000_001, null, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(5, 0.5, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(5, Double.NaN, null), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, new Rate(5, null, 4), null, null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(0, minute, 1), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(11, minute, 1), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(1, Duration.ZERO, 1), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, new Retry(1, minute, 11), null, null, null, null));
        onlySensible(new RolloutPolicy(false, null, null, Duration.ofDays(31), null, null, null));
        onlySensible(new RolloutPolicy(false, null, null, null, new Joining(0, 80, 20), null, null));
        onlySensible(new RolloutPolicy(false, null, null, null, new Joining(10, 101, 20), null, null));
    }
}
