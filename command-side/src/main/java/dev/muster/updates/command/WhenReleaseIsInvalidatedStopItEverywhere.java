package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.CancelAction;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.AutoAssignmentCommand.DeleteAutoAssignment;
import dev.muster.updates.OpenActions;
import dev.muster.updates.OpenActions.OpenAction;
import dev.muster.updates.ReleaseCommand.Cancel;
import dev.muster.updates.ReleaseEvent.ReleaseInvalidated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutMemberships.OpenRollout;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.StopCause;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A release turned out bad: every rollout of it is aborted, standing assignments of it end, and devices that are at it
 * are asked to stop, or made to. In this order, and offers that are under way are waited for, so that none is given out
 * behind the back of the last step. Whatever has ended already is left alone.
 */
public final class WhenReleaseIsInvalidatedStopItEverywhere implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:invalidation");

    private final Commands commands;
    private final RolloutRolls rolls;
    private final RolloutMemberships rollouts;
    private final StandingAssignments standing;
    private final OpenActions actions;
    private final Positions positions;

    public WhenReleaseIsInvalidatedStopItEverywhere(
            Commands commands,
            RolloutRolls rolls,
            RolloutMemberships rollouts,
            StandingAssignments standing,
            OpenActions actions,
            Positions positions) {
        this.commands = commands;
        this.rolls = rolls;
        this.rollouts = rollouts;
        this.standing = standing;
        this.actions = actions;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-release-is-invalidated-stop-it-everywhere";
    }

    @Override
    public int batchMax() {
        return 10;
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof ReleaseInvalidated event) {
                Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
                abortRollouts(event.releaseId());
                endStanding(event.releaseId());
                if (event.cancel() == Cancel.SOFT || event.cancel() == Cancel.FORCE) {
                    Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
                    cancelActions(event.releaseId(), event.cancel() == Cancel.FORCE);
                }
            }
        }
    }

    private void abortRollouts(ReleaseId release) {
        for (OpenRollout each : rollouts.open()) {
            if (each.plan().release().id().equals(release)) {
                unlessOver(new AbortRollout(each.id(), StopCause.RELEASE_INVALIDATED));
                rolls.alone(each.id(), () -> {});
            }
        }
    }

    private void endStanding(ReleaseId release) {
        for (StandingAssignment each : standing.all()) {
            if (each.release() != null && each.release().id().equals(release)) {
                unlessOver(new DeleteAutoAssignment(each.id()));
            }
        }
    }

    private void unlessOver(Object command) {
        try {
            Await.done(commands.send(command, SYSTEM));
        } catch (Refused e) {
            if (e.refusal().kind() == Refusal.Kind.UNAVAILABLE) {
                throw e;
            }
        }
    }

    private void cancelActions(ReleaseId release, boolean force) {
        BoundedSends.all(
                actions.of(release),
                action -> cancel(action, force),
                GroupOffers::isAboutTheDevice,
                "not every device could be asked to stop");
    }

    /** One is asked to stop first: only what was asked can be ended by force. */
    private CompletableFuture<?> cancel(OpenAction action, boolean force) {
        CompletableFuture<?> asked = send(action, false);
        return force ? asked.thenCompose(done -> send(action, true)) : asked;
    }

    private CompletableFuture<Object> send(OpenAction action, boolean force) {
        return commands.send(
                new CancelAction(action.deviceId(), action.action(), force, CancelCause.RELEASE_INVALIDATED), SYSTEM);
    }
}
