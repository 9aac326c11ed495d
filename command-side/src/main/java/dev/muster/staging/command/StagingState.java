package dev.muster.staging.command;

import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.staging.SeenPause;
import dev.muster.staging.Tally;
import dev.muster.staging.command.Step.Aborted;
import dev.muster.staging.command.Step.Approved;
import dev.muster.staging.command.Step.Deleted;
import dev.muster.staging.command.Step.Denied;
import dev.muster.staging.command.Step.Finished;
import dev.muster.staging.command.Step.GroupAdded;
import dev.muster.staging.command.Step.GroupFailed;
import dev.muster.staging.command.Step.GroupOffered;
import dev.muster.staging.command.Step.GroupStarted;
import dev.muster.staging.command.Step.GroupSucceeded;
import dev.muster.staging.command.Step.JoiningClosed;
import dev.muster.staging.command.Step.MembersJoined;
import dev.muster.staging.command.Step.MembersNamed;
import dev.muster.staging.command.Step.MembersOffered;
import dev.muster.staging.command.Step.Paused;
import dev.muster.staging.command.Step.Planned;
import dev.muster.staging.command.Step.Progressed;
import dev.muster.staging.command.Step.Ready;
import dev.muster.staging.command.Step.Resumed;
import dev.muster.staging.command.Step.StartAwaited;
import dev.muster.staging.command.Step.Started;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about something staged need to know of its past: sizes, counters, thresholds; never a list of devices.
 *
 * @param pause why it stands still, null while it does not
 * @param startAwaited whether it shall start as soon as it is ready and agreed to
 * @param consent whether a second person must agree
 * @param intake shape of the groups for those that join, null when nobody can (any more)
 * @param counted position up to which ends were counted
 */
public record StagingState(
        Phase phase,
        @Nullable PauseCause pause,
        List<GroupState> groups,
        boolean startAwaited,
        Consent consent,
        @Nullable Group intake,
        long counted) {

    public static final StagingState NONE =
            new StagingState(Phase.NONE, null, List.of(), false, Consent.NOT_NEEDED, null, -1);

    /** A second person's. */
    public enum Consent {
        NOT_NEEDED,
        NEEDED,
        GIVEN
    }

    public StagingState {
        groups = List.copyOf(groups);
    }

    public StagingState after(Step step) {
        return switch (step) {
            case Planned s -> planned(s);
            case MembersNamed s -> with(s.group(), group -> group.named(s.chunk()));
            case Ready s -> ready(s);
            case StartAwaited ignored -> new StagingState(phase, pause, groups, true, consent, intake, counted);
            case Approved ignored ->
                new StagingState(Phase.READY, null, groups, startAwaited, Consent.GIVEN, intake, counted);
            case Denied ignored -> in(Phase.APPROVAL_DENIED);
            case Started ignored -> in(Phase.RUNNING);
            case GroupStarted s -> with(s.group(), GroupState::begun);
            case MembersOffered s -> with(s.group(), group -> group.reached(s.upTo(), s.offered(), s.skipped()));
            case GroupOffered s -> with(s.group(), group -> group.completed(s.offered(), s.skipped()));
            case GroupAdded s -> added(s);
            case MembersJoined s ->
                with(s.group(), group -> group.joined(s.chunk(), s.members().size()));
            case JoiningClosed ignored -> closed();
            case Progressed s -> progressed(s);
            case GroupSucceeded s -> with(s.group(), group -> group.judged(true));
            case GroupFailed s -> with(s.group(), group -> group.judged(false));
            case Paused s -> new StagingState(Phase.PAUSED, s.cause(), groups, startAwaited, consent, intake, counted);
            case Resumed ignored -> in(Phase.RUNNING);
            case Aborted ignored -> in(Phase.STOPPED);
            case Finished ignored -> in(Phase.FINISHED);
            case Deleted ignored -> in(Phase.DELETED);
        };
    }

    /** Whether it stands still, and as somebody saw it. */
    boolean standsStillAs(SeenPause seen) {
        Integer group = seen.group();
        return pause == seen.cause() && (group == null || group == newestStarted());
    }

    /** Index of the newest group that has started, -1 before the first. */
    private int newestStarted() {
        int newest = -1;
        for (int i = 0; i < groups.size(); i++) {
            newest = groups.get(i).started() ? i : newest;
        }
        return newest;
    }

    private StagingState in(Phase now) {
        return new StagingState(now, null, groups, startAwaited, consent, intake, counted);
    }

    private StagingState of(List<GroupState> now) {
        return new StagingState(phase, pause, now, startAwaited, consent, intake, counted);
    }

    private StagingState with(int index, UnaryOperator<GroupState> change) {
        List<GroupState> changed = new ArrayList<>(groups);
        changed.set(index, change.apply(changed.get(index)));
        return of(changed);
    }

    private StagingState planned(Planned step) {
        return new StagingState(
                Phase.CREATING,
                null,
                step.groups().stream().map(GroupState::of).toList(),
                false,
                step.approval() ? Consent.NEEDED : Consent.NOT_NEEDED,
                step.intake(),
                counted);
    }

    private StagingState ready(Ready step) {
        List<GroupState> sized = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            sized.add(groups.get(i).sized(step.sizes().get(i)));
        }
        return of(sized).in(consent == Consent.NEEDED ? Phase.WAITING_FOR_APPROVAL : Phase.READY);
    }

    private StagingState added(GroupAdded step) {
        List<GroupState> more = new ArrayList<>(groups);
        more.add(GroupState.open(step.plan()));
        return of(more);
    }

    private StagingState closed() {
        List<GroupState> closed = groups.stream().map(GroupState::closed).toList();
        return new StagingState(phase, pause, closed, startAwaited, consent, null, counted);
    }

    private StagingState progressed(Progressed step) {
        List<GroupState> changed = new ArrayList<>(groups);
        for (Tally tally : step.tallies()) {
            changed.set(tally.group(), changed.get(tally.group()).plus(tally));
        }
        return new StagingState(phase, pause, changed, startAwaited, consent, intake, step.counted());
    }
}
