package dev.muster.staging.command;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.staging.Tally;
import dev.muster.staging.command.Step.Aborted;
import dev.muster.staging.command.Step.GroupOffered;
import dev.muster.staging.command.Step.MembersNamed;
import dev.muster.staging.command.Step.Paused;
import dev.muster.staging.command.Step.Progressed;
import dev.muster.staging.command.Step.Ready;
import dev.muster.staging.command.Step.Resumed;
import dev.muster.staging.command.Step.StartAwaited;
import dev.muster.staging.command.Step.Started;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What follows from an order about something staged: steps in order, none when the order says nothing new, or a
 * refusal. Steps bring on others: with each list goes everything that the gates let through.
 *
 * @param id of what is staged, for messages
 */
public record StagingDecision(StagingState state, String id, StagingRefusals no) {

    /** Passes over parts that were named before. */
    public List<Step> named(int group, int chunk, List<DeviceId> members) {
        only(EnumSet.of(Phase.CREATING, Phase.READY));
        boolean fresh = state.phase() == Phase.CREATING
                && chunk >= state.groups().get(group).chunks();
        return fresh ? List.of(new MembersNamed(group, chunk, members)) : List.of();
    }

    /** @param sizes one for each group */
    public List<Step> planned(List<Integer> sizes, int unfit) {
        if (state.phase() != Phase.CREATING) {
            return List.of();
        }
        Ready ready = new Ready(sizes, unfit);
        return state.startAwaited() ? andOn(ready, new Started()) : List.of(ready);
    }

    public List<Step> started() {
        if (state.phase() == Phase.RUNNING || state.startAwaited() && state.phase() == Phase.CREATING) {
            return List.of();
        }
        only(EnumSet.of(Phase.CREATING, Phase.READY));
        return state.phase() == Phase.CREATING ? List.of(new StartAwaited()) : andOn(new Started());
    }

    public List<Step> paused() {
        if (state.phase() == Phase.PAUSED) {
            return List.of();
        }
        only(EnumSet.of(Phase.RUNNING));
        return List.of(new Paused(PauseCause.OPERATOR));
    }

    public List<Step> resumed() {
        if (state.phase() == Phase.RUNNING) {
            return List.of();
        }
        only(EnumSet.of(Phase.PAUSED));
        return andOn(new Resumed());
    }

    public List<Step> aborted() {
        if (state.phase() == Phase.STOPPED) {
            return List.of();
        }
        only(EnumSet.of(Phase.CREATING, Phase.READY, Phase.RUNNING, Phase.PAUSED));
        return List.of(new Aborted());
    }

    /** Every member of the group was looked after; {@code skipped} of them need nothing. */
    public List<Step> offered(int group, int offered, int skipped) {
        onlyKnown();
        return state.groups().get(group).offered() ? List.of() : andOn(new GroupOffered(group, offered, skipped));
    }

    /**
     * Counts members that ended. What is at or below the position counted to before was counted then and is passed
     * over, so a batch that is repeated after a crash, even cut differently, counts nothing twice; all of one position
     * come together.
     */
    public List<Step> counted(List<Ended> ended) {
        onlyKnown();
        TreeMap<Integer, int[]> sums = new TreeMap<>();
        long counted = state.counted();
        for (Ended each : ended) {
            if (each.position() > state.counted()) {
                sums.computeIfAbsent(each.group(), group -> new int[3])[
                        each.outcome().ordinal()]++;
                counted = Math.max(counted, each.position());
            }
        }
        if (sums.isEmpty()) {
            return List.of();
        }
        List<Tally> tallies = new ArrayList<>();
        sums.forEach((group, n) -> tallies.add(new Tally(group, n[0], n[1], n[2])));
        return andOn(new Progressed(tallies, counted));
    }

    /** These, and all that follows from them. */
    private List<Step> andOn(Step... first) {
        List<Step> steps = new ArrayList<>(List.of(first));
        StagingState now = state;
        for (Step each : first) {
            now = now.after(each);
        }
        for (Step next = StagingGates.next(now); next != null; next = StagingGates.next(now)) {
            steps.add(next);
            now = now.after(next);
            Step follow = StagingGates.follow(next);
            if (follow != null) {
                steps.add(follow);
                now = now.after(follow);
            }
        }
        return steps;
    }

    private void only(Set<Phase> phases) {
        onlyKnown();
        if (!phases.contains(state.phase())) {
            throw no.wrongPhase().because("The rollout is " + state.phase() + ".");
        }
    }

    private void onlyKnown() {
        if (state.phase() == Phase.NONE) {
            throw no.unknown().because("There is no rollout " + id + ".");
        }
    }
}
