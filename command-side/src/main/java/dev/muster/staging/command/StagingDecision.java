package dev.muster.staging.command;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.staging.SeenPause;
import dev.muster.staging.Tally;
import dev.muster.staging.command.StagingState.Consent;
import dev.muster.staging.command.Step.Aborted;
import dev.muster.staging.command.Step.Approved;
import dev.muster.staging.command.Step.Deleted;
import dev.muster.staging.command.Step.Denied;
import dev.muster.staging.command.Step.GroupOffered;
import dev.muster.staging.command.Step.GroupStarted;
import dev.muster.staging.command.Step.JoiningClosed;
import dev.muster.staging.command.Step.MembersNamed;
import dev.muster.staging.command.Step.MembersOffered;
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
import org.jspecify.annotations.Nullable;

/**
 * What follows from an order about something staged: steps in order, none when the order says nothing new, or a
 * refusal. Steps bring on others: with each list goes everything that the gates let through.
 *
 * @param id of what is staged, for messages
 */
public record StagingDecision(StagingState state, String id, StagingRefusals no) {

    /** Passes over parts that were named before. */
    public List<Step> named(int group, int chunk, List<DeviceId> members) {
        only(EnumSet.of(Phase.CREATING, Phase.WAITING_FOR_APPROVAL, Phase.READY));
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
        boolean starts = state.startAwaited() && state.consent() == Consent.NOT_NEEDED;
        return starts ? andOn(ready, new Started()) : List.of(ready);
    }

    /** What was started before somebody else agreed starts now. */
    public List<Step> approved() {
        if (state.consent() == Consent.GIVEN && state.phase() != Phase.DELETED) {
            return List.of();
        }
        only(EnumSet.of(Phase.WAITING_FOR_APPROVAL));
        return state.startAwaited() ? andOn(new Approved(), new Started()) : List.of(new Approved());
    }

    /** For good: what was denied can be deleted only. */
    public List<Step> denied() {
        if (state.phase() == Phase.APPROVAL_DENIED) {
            return List.of();
        }
        only(EnumSet.of(Phase.WAITING_FOR_APPROVAL));
        return List.of(new Denied());
    }

    /** What is not ready, or waits for somebody's agreement, starts as soon as it can. */
    public List<Step> started() {
        EnumSet<Phase> early = EnumSet.of(Phase.CREATING, Phase.WAITING_FOR_APPROVAL);
        if (state.phase() == Phase.RUNNING || state.startAwaited() && early.contains(state.phase())) {
            return List.of();
        }
        only(EnumSet.of(Phase.CREATING, Phase.WAITING_FOR_APPROVAL, Phase.READY));
        return early.contains(state.phase()) ? List.of(new StartAwaited()) : andOn(new Started());
    }

    /** Starts the next group whatever the gate before it says. */
    public List<Step> nextStarted() {
        only(EnumSet.of(Phase.RUNNING));
        for (int i = 0; i < state.groups().size(); i++) {
            if (!state.groups().get(i).started()) {
                return andOn(new GroupStarted(i));
            }
        }
        throw no.wrongPhase().because("Every group has started.");
    }

    public List<Step> paused() {
        if (state.phase() == Phase.PAUSED) {
            return List.of();
        }
        only(EnumSet.of(Phase.RUNNING));
        return List.of(new Paused(PauseCause.OPERATOR));
    }

    /** @param seen the pause that is meant, or null for whichever it is */
    public List<Step> resumed(@Nullable SeenPause seen) {
        if (state.phase() == Phase.RUNNING) {
            return List.of();
        }
        only(EnumSet.of(Phase.PAUSED));
        if (seen != null && !state.standsStillAs(seen)) {
            throw no.wrongPhase()
                    .because("It is paused for another reason than the one that was seen. Look at it again.");
        }
        return andOn(new Resumed());
    }

    public List<Step> aborted() {
        if (state.phase() == Phase.STOPPED) {
            return List.of();
        }
        only(EnumSet.of(Phase.CREATING, Phase.WAITING_FOR_APPROVAL, Phase.READY, Phase.RUNNING, Phase.PAUSED));
        return List.of(new Aborted());
    }

    /** What is under way is aborted first. */
    public List<Step> deleted() {
        if (state.phase() == Phase.DELETED) {
            return List.of();
        }
        only(EnumSet.of(Phase.WAITING_FOR_APPROVAL, Phase.APPROVAL_DENIED, Phase.READY, Phase.STOPPED, Phase.FINISHED));
        return List.of(new Deleted());
    }

    /** Every member of the group was looked after; {@code skipped} of them need nothing. */
    public List<Step> offered(int group, int offered, int skipped) {
        onlyKnown();
        boolean known = state.groups().get(group).reach().complete();
        return known ? List.of() : andOn(new GroupOffered(group, offered, skipped));
    }

    /**
     * The group's members from {@code from} up to and without {@code upTo} were looked after. With the last of them the
     * group is complete, unless others may still join it. What does not begin where the group stands was said before.
     */
    public List<Step> offered(int group, int from, int upTo, int offered, int skipped) {
        onlyKnown();
        GroupState before = state.groups().get(group);
        boolean fresh = !before.reach().complete() && from == before.reach().reached();
        if (state.phase() == Phase.DELETED || !fresh || upTo < from || upTo > before.size()) {
            return List.of();
        }
        MembersOffered part = new MembersOffered(group, upTo, offered, skipped);
        GroupState now = state.after(part).groups().get(group);
        if (upTo == now.size() && now.room() == 0) {
            GroupOffered all = completed(group, now);
            return upTo == from ? andOn(all) : andOn(part, all);
        }
        return upTo == from ? List.of() : andOn(part);
    }

    /** Devices that were no members take part from now on, in groups behind all others. */
    public List<Step> joined(List<DeviceId> members) {
        onlyKnown();
        Group intake = state.intake();
        boolean underWay = state.phase() == Phase.RUNNING || state.phase() == Phase.PAUSED;
        return intake == null || !underWay ? List.of() : andOn(Joiners.seated(state, intake, members));
    }

    /** Nobody joins any more; groups that were filling are as large as they are. */
    public List<Step> joiningClosed() {
        onlyKnown();
        if (state.intake() == null) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(List.of(new JoiningClosed()));
        for (int i = 0; i < state.groups().size(); i++) {
            GroupState group = state.groups().get(i);
            if (group.room() > 0 && group.started() && group.reach().reached() == group.size()) {
                steps.add(completed(i, group));
            }
        }
        return andOn(steps.toArray(new Step[0]));
    }

    private static GroupOffered completed(int index, GroupState group) {
        return new GroupOffered(index, group.reach().offered(), group.reach().skipped());
    }

    /**
     * Counts members that ended. What is at or below the position counted to before was counted then and is passed
     * over, so a batch that is repeated after a crash, even cut differently, counts nothing twice; all of one position
     * come together.
     */
    public List<Step> counted(List<Ended> ended) {
        onlyKnown();
        if (state.phase() == Phase.DELETED) {
            return List.of();
        }
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
            Step follow = StagingGates.follow(next, now);
            if (follow != null) {
                steps.add(follow);
                now = now.after(follow);
            }
        }
        return steps;
    }

    private void only(Set<Phase> phases) {
        onlyKnown();
        if (state.phase() == Phase.DELETED) {
            throw unknown();
        }
        if (!phases.contains(state.phase())) {
            throw no.wrongPhase().because("The rollout is " + state.phase() + ".");
        }
    }

    private void onlyKnown() {
        if (state.phase() == Phase.NONE) {
            throw unknown();
        }
    }

    private RuntimeException unknown() {
        return no.unknown().because("There is no rollout " + id + ".");
    }
}
