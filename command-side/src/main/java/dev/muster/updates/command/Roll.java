package dev.muster.updates.command;

import dev.muster.staging.Phase;
import dev.muster.staging.command.GroupState;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as its own history tells it: where it stands, and where in that history its members are named; not the
 * members themselves.
 *
 * @param state what was decided
 * @param groups one for each of the state's groups
 * @param ranBefore how long it ran up to the last time it stood still
 * @param runsSince since when it runs, or null
 */
record Roll(
        RolloutId id,
        RolloutState state,
        List<Parts> groups,
        Duration ranBefore,
        @Nullable Instant runsSince) {

    /**
     * @param ranAtStart how long the rollout had run when the group started
     * @param offeredAt when its members were offered the release last, or null
     */
    record Parts(
            NamedParts named, Duration ranAtStart, @Nullable Instant offeredAt) {

        static final Parts NONE = new Parts(NamedParts.NONE, Duration.ZERO, null);
    }

    RolloutPlan plan() {
        RolloutPlan plan = state.plan();
        if (plan == null) {
            throw new IllegalStateException("no plan in the history of rollout " + id);
        }
        return plan;
    }

    Phase phase() {
        return state.staging().phase();
    }

    GroupState group(int index) {
        return state.staging().groups().get(index);
    }

    /** The groups with members that are to be offered the release now; none while it stands still. */
    List<Integer> waiting() {
        List<Integer> waiting = new ArrayList<>();
        for (int i = 0; phase() == Phase.RUNNING && i < groups.size(); i++) {
            if (group(i).waits()) {
                waiting.add(i);
            }
        }
        return waiting;
    }

    /** How long the rollout ran since the group's start. */
    Duration ran(int group, Instant now) {
        Duration all = runsSince == null || now.isBefore(runsSince)
                ? ranBefore
                : ranBefore.plus(Duration.between(runsSince, now));
        Duration since = all.minus(groups.get(group).ranAtStart());
        return since.isNegative() ? Duration.ZERO : since;
    }

    /**
     * How many of the group's members may have been offered the release: of one batch that was under way when the
     * server died nothing was said.
     */
    int touched(int group) {
        return group(group).started()
                ? Math.min(
                        groups.get(group).named().members(),
                        group(group).reach().reached() + GroupOffers.BATCH_MAX)
                : 0;
    }
}
