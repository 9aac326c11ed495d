package dev.muster.updates.view;

import dev.muster.kernel.Recorded;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.FailureReason;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupAdded;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.JoiningClosed;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RollbackFinished;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.GroupState;
import dev.muster.updates.RolloutView.State;
import dev.muster.updates.StopCause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a rollout's document changes with what happens to it and to its members' actions. */
final class RolloutStory {

    private RolloutStory() {}

    static @Nullable RolloutView after(@Nullable RolloutView before, Recorded recorded) {
        Instant at = recorded.at();
        if (recorded.event() instanceof RolloutCreated created) {
            return created(created, at, recorded.sequence());
        }
        if (before == null) {
            return null;
        }
        RolloutDraft draft = new RolloutDraft(before);
        switch (recorded.event()) {
            case RolloutEvent event -> {
                draft.version(recorded.sequence());
                own(draft, event, at);
            }
            case ActionAssigned e -> assigned(draft, e, at);
            case ActionInstalled e -> draft.group(group(e.group()), GroupDraft::verifyingOne);
            case ActionFinished e -> draft.count(group(e.group()), group -> group.succeededOne(is(e.installed())), at);
            case ActionDownloaded e -> draft.count(group(e.group()), group -> group.succeededOne(false), at);
            case ActionCanceled e -> draft.count(group(e.group()), group -> group.canceledOne(is(e.installed())), at);
            case ActionFailed e -> failed(draft, before, e, at);
            case RetryGivenUp e -> givenUp(draft, before, e, at);
            default -> {}
        }
        return draft.done();
    }

    /** A further try of a device that failed is no further offer. */
    private static void assigned(RolloutDraft draft, ActionAssigned event, Instant at) {
        boolean retry = event.tries() != null && event.tries().attempt() > 1;
        if (retry) {
            draft.group(group(event.group()), GroupDraft::noLongerRetrying);
        } else {
            draft.count(group(event.group()), GroupDraft::offeredOne, at);
        }
    }

    /** As long as it will be tried again it has not failed. */
    private static void failed(RolloutDraft draft, RolloutView before, ActionFailed event, Instant at) {
        boolean installed = is(event.installed());
        if (event.retryAt() != null) {
            draft.group(group(event.group()), group -> group.retryingOne(installed));
            return;
        }
        draft.count(group(event.group()), group -> group.failedOne(installed), at);
        draft.because(
                FailureReason.of(before.plan(), event.timedOut(), installed, event.code(), event.messages()),
                event.deviceId());
    }

    /** It is not tried again after all, and has failed for the reason it failed for then. */
    private static void givenUp(RolloutDraft draft, RolloutView before, RetryGivenUp event, Instant at) {
        draft.count(event.group(), group -> group.noLongerRetrying().failedOne(false), at);
        draft.because(
                FailureReason.of(before.plan(), event.timedOut(), false, event.code(), event.messages()),
                event.deviceId());
    }

    private static void own(RolloutDraft draft, RolloutEvent event, Instant at) {
        switch (event) {
            case RolloutReady e -> draft.ready(e.sizes(), e.incompatible());
            case RolloutApproved e -> draft.decided(true, e.by(), e.remark(), at);
            case RolloutDenied e -> draft.decided(false, e.by(), e.remark(), at);
            case RolloutStarted e -> draft.started(at);
            case GroupStarted e -> draft.group(e.group(), group -> group.state(GroupState.RUNNING));
            case GroupOffered e -> draft.count(e.group(), group -> group.offered(e.offered(), e.skipped()), at);
            case GroupSucceeded e -> draft.group(e.group(), group -> group.state(GroupState.FINISHED));
            case GroupFailed e -> draft.group(e.group(), group -> group.state(GroupState.ERROR));
            case GroupAdded e -> draft.added(e.group(), e.plan());
            case MembersJoined e ->
                draft.group(e.group(), group -> group.grown(e.members().size()));
            // Each offer was counted with its action.
            case MembersOffered e -> draft.group(e.group(), group -> group.skippedToo(e.skipped()));
            case JoiningClosed e -> draft.joiningClosed();
            case RolloutPaused e -> draft.paused(e.cause());
            case RolloutResumed e -> draft.state(State.RUNNING);
            case RolloutAborted e -> draft.ended(State.STOPPED, e.cause() == null ? StopCause.OPERATOR : e.cause(), at);
            case RolloutFinished e -> draft.ended(State.FINISHED, null, at);
            case RollbackStarted e -> draft.rollback(e.scope(), e.automatic(), at);
            case RollbackFinished e -> draft.rolledBack(e.devices(), at);
            case RolloutDeleted e -> draft.deleted();
            case RolloutStartAwaited e -> {}
            case RolloutProgressed e -> {}
            case MembersPlanned e -> {}
            case RolloutCreated e -> {}
        }
    }

    private static RolloutView created(RolloutCreated event, Instant at, long version) {
        List<RolloutView.Group> groups = event.plan().groups().stream()
                .map(group -> GroupDraft.planned(group, false))
                .toList();
        return new RolloutView(
                event.rolloutId(),
                event.plan(),
                State.CREATING,
                null,
                groups,
                0,
                0,
                event.by(),
                null,
                null,
                null,
                event.plan().care().joining() != null,
                false,
                List.of(),
                List.of(),
                at,
                null,
                null,
                version);
    }

    private static int group(@Nullable Integer group) {
        return group == null ? 0 : group;
    }

    private static boolean is(@Nullable Boolean word) {
        return Boolean.TRUE.equals(word);
    }
}
