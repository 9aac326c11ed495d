package dev.muster.updates.view;

import dev.muster.kernel.Recorded;
import dev.muster.staging.Silence;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.GroupState;
import dev.muster.updates.RolloutView.State;
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
            case ActionAssigned e -> draft.offered(group(e.group()), at);
            case ActionFinished e -> draft.succeeded(group(e.group()), at);
            case ActionDownloaded e -> draft.succeeded(group(e.group()), at);
            case ActionCanceled e -> draft.canceled(group(e.group()), at);
            case ActionFailed e -> draft.failed(group(e.group()), reason(before.plan(), e), e.deviceId(), at);
            default -> {}
        }
        return draft.done();
    }

    private static void own(RolloutDraft draft, RolloutEvent event, Instant at) {
        switch (event) {
            case RolloutReady e -> draft.ready(e.sizes(), e.incompatible());
            case RolloutStarted e -> draft.state(State.RUNNING).started(at);
            case GroupStarted e -> draft.group(e.group(), GroupState.RUNNING);
            case GroupOffered e -> draft.offered(e.group(), e.offered(), e.skipped(), at);
            case GroupSucceeded e -> draft.group(e.group(), GroupState.FINISHED);
            case GroupFailed e -> draft.group(e.group(), GroupState.ERROR);
            case RolloutPaused e -> draft.paused(e.cause());
            case RolloutResumed e -> draft.state(State.RUNNING);
            case RolloutAborted e -> draft.state(State.STOPPED).ended(at);
            case RolloutFinished e -> draft.state(State.FINISHED).ended(at);
            case RolloutStartAwaited e -> {}
            case RolloutProgressed e -> {}
            case MembersPlanned e -> {}
            case RolloutCreated e -> {}
        }
    }

    private static RolloutView created(RolloutCreated event, Instant at, long version) {
        List<RolloutView.Group> groups = event.plan().groups().stream()
                .map(group -> new RolloutView.Group(
                        group.name(),
                        GroupState.SCHEDULED,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        group.successPercent(),
                        group.errorPercent()))
                .toList();
        return new RolloutView(
                event.rolloutId(),
                event.plan(),
                State.CREATING,
                null,
                groups,
                0,
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

    /** The first line the device wrote, or that it wrote nothing in time. */
    private static String reason(RolloutPlan plan, ActionFailed event) {
        if (event.timedOut()) {
            return Silence.beyond(plan.timeout());
        }
        for (String message : event.messages()) {
            if (!message.isBlank()) {
                return message.strip();
            }
        }
        return event.code() == null ? "no reason given" : "status code " + event.code();
    }
}
