package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Distribution;
import dev.muster.staging.Phase;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutOutcomes;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Freezes who takes part: the devices that the filter hits now and that the release fits, or those that failed in
 * another rollout, in order of id, dealt to the plan's groups. A run that is repeated in the middle goes on behind the
 * parts that were named before; what the filter hits by then may be others, so whoever was named stays where they are.
 */
public final class WhenRolloutIsCreatedPlanItsMembers implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-planning");

    private final Commands commands;
    private final RolloutRolls rolls;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final RolloutOutcomes outcomes;
    private final Positions positions;

    public WhenRolloutIsCreatedPlanItsMembers(
            Commands commands,
            RolloutRolls rolls,
            Fleet fleet,
            Catalogue catalogue,
            RolloutOutcomes outcomes,
            Positions positions) {
        this.commands = commands;
        this.rolls = rolls;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.outcomes = outcomes;
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
                try {
                    plan(created);
                } catch (Refused e) {
                    // Somebody aborted it meanwhile, and perhaps deleted it: their word counts.
                    if (!Refused.is(e, UpdatesRefusal.ROLLOUT_STATE, UpdatesRefusal.ROLLOUT_UNKNOWN)) {
                        throw e;
                    }
                }
            }
        }
    }

    private void plan(RolloutCreated created) {
        RolloutId id = created.rolloutId();
        RolloutPlan plan = created.plan();
        Roll before = rolls.of(id);
        if (before.phase() != Phase.CREATING) {
            return;
        }
        Fleet.Membership membership = membership(plan);
        name(before, Distribution.of(plan.groups(), membership.members(), fleet::hits));
        List<Integer> sizes = rolls.of(id).groups().stream()
                .map(group -> group.named().members())
                .toList();
        Await.done(commands.send(
                new CompletePlanning(id, sizes, membership.incompatible().size()), SYSTEM));
    }

    private void name(Roll before, Distribution<DeviceId> dealt) {
        Set<DeviceId> known = known(before);
        int[] chunks = new int[before.groups().size()];
        for (int group = 0; group < chunks.length; group++) {
            chunks[group] = before.groups().get(group).named().count();
        }
        dealt.each((group, part) -> {
            List<DeviceId> fresh = known.isEmpty()
                    ? part
                    : part.stream().filter(id -> !known.contains(id)).toList();
            if (!fresh.isEmpty()) {
                Await.done(commands.send(new PlanMembers(before.id(), group, chunks[group]++, fresh), SYSTEM));
            }
        });
    }

    /** Who was named by a run that did not come to its end; nearly always nobody. */
    private Set<DeviceId> known(Roll before) {
        Set<DeviceId> known = new HashSet<>();
        for (int group = 0; group < before.groups().size(); group++) {
            int members = before.groups().get(group).named().members();
            known.addAll(rolls.members(before, group, 0, members));
        }
        return known;
    }

    private Fleet.Membership membership(RolloutPlan plan) {
        Catalogue.Release release = catalogue.find(plan.release().id());
        if (release == null) {
            throw UpdatesRefusal.RELEASE_UNKNOWN.because("The rollout's release is not in the catalogue.");
        }
        RolloutId retryOf = plan.care().retryOf();
        if (retryOf == null) {
            return fleet.membership(release, plan.filter());
        }
        List<DeviceId> members = new ArrayList<>();
        List<DeviceId> incompatible = new ArrayList<>();
        for (DeviceId id : outcomes.failed(retryOf)) {
            Fleet.Recipient device = fleet.recipient(id);
            if (device != null) {
                (release.fits(device.hardware()) ? members : incompatible).add(id);
            }
        }
        return new Fleet.Membership(members, incompatible);
    }
}
