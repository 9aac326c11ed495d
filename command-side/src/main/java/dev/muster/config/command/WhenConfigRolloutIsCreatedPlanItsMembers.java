package dev.muster.config.command;

import dev.muster.config.ConfigRolloutCommand.AbortRollout;
import dev.muster.config.ConfigRolloutCommand.CompletePlanning;
import dev.muster.config.ConfigRolloutCommand.PlanMembers;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.ConfigRollouts;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Distribution;
import dev.muster.staging.command.FrozenMembers;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * Freezes who takes part: the devices that the filter hits now, in order of id, cut into the plan's groups. A repeated
 * run names the same chunks; the rollout passes over those it knows.
 *
 * <p>Of two rollouts of a registry that were created in the same moment with some of the same devices, this hears one
 * first; the other one is aborted. One thread hears of all of them, so there is no third way.
 */
public final class WhenConfigRolloutIsCreatedPlanItsMembers implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:config-rollout-planning");

    private final Commands commands;
    private final DeviceDirectory devices;
    private final ConfigRollouts rollouts;
    private final Positions positions;

    public WhenConfigRolloutIsCreatedPlanItsMembers(
            Commands commands, DeviceDirectory devices, ConfigRollouts rollouts, Positions positions) {
        this.commands = commands;
        this.devices = devices;
        this.rollouts = rollouts;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-config-rollout-is-created-plan-its-members";
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
        ConfigRolloutPlan plan = created.plan();
        List<DeviceId> members = devices.matchingFacts(plan.filter()).stream()
                .map(DeviceFacts::id)
                .toList();
        SortedSet<String> others = Overlaps.of(rollouts, created.rolloutId(), plan.registry(), members);
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
