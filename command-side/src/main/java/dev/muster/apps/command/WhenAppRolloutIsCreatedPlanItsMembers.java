package dev.muster.apps.command;

import dev.muster.apps.AppRolloutCommand.AbortRollout;
import dev.muster.apps.AppRolloutCommand.CompletePlanning;
import dev.muster.apps.AppRolloutCommand.PlanMembers;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppRollouts;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Distribution;
import dev.muster.staging.command.FrozenMembers;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * Freezes who takes part: the enrolled devices that the filter hits now, in order of id, cut into the plan's groups.
 * The rollout passes over chunks it knows, and once it is ready a repeated run has nothing to do.
 *
 * <p>Of two rollouts of an app that were created in the same moment with some of the same devices, this hears one
 * first; the other one is aborted. One thread hears of all of them, so there is no third way.
 */
public final class WhenAppRolloutIsCreatedPlanItsMembers implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:app-rollout-planning");

    private final Commands commands;
    private final AppRolloutMembers candidates;
    private final AppRollouts rollouts;
    private final Positions positions;

    public WhenAppRolloutIsCreatedPlanItsMembers(
            Commands commands, AppRolloutMembers candidates, AppRollouts rollouts, Positions positions) {
        this.commands = commands;
        this.candidates = candidates;
        this.rollouts = rollouts;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-app-rollout-is-created-plan-its-members";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof RolloutCreated created) {
                // What was planned for the one before must be known when this one is looked at.
                Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
                plan(created);
            }
        }
    }

    private void plan(RolloutCreated created) {
        if (rollouts.needed(created.rolloutId()).state() != AppRolloutView.State.CREATING) {
            return;
        }
        AppRolloutPlan plan = created.plan();
        List<DeviceId> members = candidates.of(plan.filter());
        SortedSet<String> others = AppOverlaps.of(rollouts, created.rolloutId(), plan.app(), members);
        if (!others.isEmpty()) {
            String why = "some of its devices are members of " + others.getFirst() + ", which was created before";
            Await.done(commands.send(new AbortRollout(created.rolloutId(), why), SYSTEM));
            return;
        }
        Distribution<DeviceId> dealt = FrozenMembers.dealt(plan.groups(), members);
        for (FrozenMembers.Chunk each : FrozenMembers.cut(dealt)) {
            Await.done(commands.send(
                    new PlanMembers(created.rolloutId(), each.group(), each.number(), each.members()), SYSTEM));
        }
        // Before a restart in the middle the filter may have hit others: what counts is who was made a member, or a
        // group would wait for some that it does not have.
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        List<Integer> frozen = IntStream.range(0, plan.groups().size())
                .mapToObj(group -> rollouts.open(created.rolloutId(), group).size())
                .toList();
        Await.done(commands.send(new CompletePlanning(created.rolloutId(), frozen), SYSTEM));
    }
}
