package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.Phase;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionType;
import dev.muster.updates.AutoAssignmentCommand.DeleteAutoAssignment;
import dev.muster.updates.OpenActions;
import dev.muster.updates.OpenActions.OpenAction;
import dev.muster.updates.ReleaseCommand.Cancel;
import dev.muster.updates.ReleaseEvent.ReleaseInvalidated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships.OpenRollout;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhenReleaseIsInvalidatedStopItEverywhereTest {

    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final ReleaseRef OTHER = new ReleaseRef(ReleaseId.of("os", "2"), "os", "2");
    private static final OpenAction OPEN = new OpenAction(new DeviceId("robot-1"), 7);

    private final SentCommands commands = new SentCommands();
    private final KnownRollouts rollouts = new KnownRollouts();

    private static RolloutPlan plan(ReleaseRef release) {
        return new RolloutPlan(
                "winter",
                release,
                "group==line",
                List.of(new Group("all", 100, 80, 20, null, null)),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                null,
                null);
    }

    private static StandingAssignment standing(long id, @Nullable ReleaseRef release) {
        return new StandingAssignment(
                new UUID(1, id), "newest", "id==*", release, null, ActionType.SOFT, null, Instant.EPOCH);
    }

    private static RolloutId rollout(long id) {
        return new RolloutId(new UUID(7, id));
    }

    private void invalidated(@Nullable Cancel cancel) {
        rollouts.open.add(new OpenRollout(rollout(1), plan(OS), Phase.RUNNING, false));
        rollouts.open.add(new OpenRollout(rollout(2), plan(OTHER), Phase.RUNNING, false));
        rollouts.open.add(new OpenRollout(rollout(3), plan(OS), Phase.READY, false));
        RolloutRolls rolls = new RolloutRolls(new ToldRollout(rollout(1), OS, List.of(), Instant.EPOCH));
        WhenReleaseIsInvalidatedStopItEverywhere policy = new WhenReleaseIsInvalidatedStopItEverywhere(
                commands,
                rolls,
                rollouts,
                () -> List.of(standing(1, OS), standing(2, OTHER), standing(3, null)),
                new OpenOfOne(),
                new AllSeen());
        policy.react(List.of(new Recorded(
                1, "e", Instant.EPOCH, new ReleaseInvalidated(OS.id(), cancel), "release/os", 1, Map.of())));
    }

    /** The one release has the one action. */
    private static final class OpenOfOne implements OpenActions {

        @Override
        public List<OpenAction> of(ReleaseId release) {
            return release.equals(OS.id()) ? List.of(OPEN) : List.of();
        }

        @Override
        public Set<ReleaseId> releases() {
            return Set.of(OS.id());
        }
    }

    private static CancelAction cancel(boolean force) {
        return new CancelAction(OPEN.deviceId(), OPEN.action(), force, CancelCause.RELEASE_INVALIDATED);
    }

    @Test
    void rolloutsAndStandingAssignmentsEndAndDevicesAreAskedToStop() {
        invalidated(Cancel.SOFT);
        assertThat(commands.all)
                .containsExactly(
                        new AbortRollout(rollout(1), StopCause.RELEASE_INVALIDATED),
                        new AbortRollout(rollout(3), StopCause.RELEASE_INVALIDATED),
                        new DeleteAutoAssignment(new UUID(1, 1)),
                        cancel(false));
    }

    @Test
    void byForceOneIsAskedFirst() {
        invalidated(Cancel.FORCE);
        assertThat(commands.of(CancelAction.class)).containsExactly(cancel(false), cancel(true));
    }

    @Test
    void devicesMayGoOn() {
        invalidated(Cancel.NONE);
        assertThat(commands.of(CancelAction.class)).isEmpty();
        assertThat(commands.of(AbortRollout.class)).hasSize(2);
    }

    @Test
    void whatEndedMeanwhileIsLeftAlone() {
        commands.answer = command -> CompletableFuture.failedFuture(
                command instanceof CancelAction
                        ? UpdatesRefusal.ACTION_NOT_CANCELABLE.because("it has ended")
                        : UpdatesRefusal.ROLLOUT_STATE.because("it has ended"));
        invalidated(Cancel.FORCE);
        assertThat(commands.of(AbortRollout.class)).hasSize(2);
        assertThat(commands.of(CancelAction.class)).containsExactly(cancel(false));
    }
}
