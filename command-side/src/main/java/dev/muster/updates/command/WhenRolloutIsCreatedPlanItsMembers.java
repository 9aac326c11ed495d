package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.command.FrozenMembers;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;
import java.util.List;
import java.util.Map;

/**
 * Freezes who takes part: the devices that the filter hits now and that the release fits, in order of id, cut into the
 * plan's groups. A repeated run names the same chunks; the rollout passes over those it knows.
 */
public final class WhenRolloutIsCreatedPlanItsMembers implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-planning");

    private final Commands commands;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final Positions positions;

    public WhenRolloutIsCreatedPlanItsMembers(
            Commands commands, Fleet fleet, Catalogue catalogue, Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-rollout-is-created-plan-its-members";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof RolloutCreated created) {
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                plan(created);
            }
        }
    }

    private void plan(RolloutCreated created) {
        RolloutPlan plan = created.plan();
        Catalogue.Release release = catalogue.find(plan.release().id());
        if (release == null) {
            throw UpdatesRefusal.RELEASE_UNKNOWN.because("The rollout's release is not in the catalogue.");
        }
        Fleet.Membership membership = fleet.membership(release, plan.filter());
        List<DeviceId> members = membership.members();
        List<Integer> sizes = FrozenMembers.sizes(plan.groups(), members.size());
        for (FrozenMembers.Chunk each : FrozenMembers.cut(members, sizes)) {
            Await.done(commands.send(
                    new PlanMembers(created.rolloutId(), each.group(), each.number(), each.members()), SYSTEM));
        }
        int incompatible = membership.incompatible().size();
        Await.done(commands.send(new CompletePlanning(created.rolloutId(), sizes, incompatible), SYSTEM));
    }
}
