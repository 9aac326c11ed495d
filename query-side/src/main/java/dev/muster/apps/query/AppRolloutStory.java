package dev.muster.apps.query;

import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppRolloutEvent.EveryoneEnded;
import dev.muster.apps.AppRolloutEvent.FinishRefused;
import dev.muster.apps.AppRolloutEvent.FinishRetried;
import dev.muster.apps.AppRolloutEvent.GroupFailed;
import dev.muster.apps.AppRolloutEvent.GroupReached;
import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutEvent.GroupSucceeded;
import dev.muster.apps.AppRolloutEvent.MembersEnded;
import dev.muster.apps.AppRolloutEvent.MembersPlanned;
import dev.muster.apps.AppRolloutEvent.RolloutAborted;
import dev.muster.apps.AppRolloutEvent.RolloutCreated;
import dev.muster.apps.AppRolloutEvent.RolloutFinished;
import dev.muster.apps.AppRolloutEvent.RolloutPaused;
import dev.muster.apps.AppRolloutEvent.RolloutProgressed;
import dev.muster.apps.AppRolloutEvent.RolloutReady;
import dev.muster.apps.AppRolloutEvent.RolloutResumed;
import dev.muster.apps.AppRolloutEvent.RolloutStartAwaited;
import dev.muster.apps.AppRolloutEvent.RolloutStarted;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppRolloutView.GroupState;
import dev.muster.apps.AppRolloutView.RolloutGroup;
import dev.muster.apps.AppRolloutView.State;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.staging.PauseCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the view of a rollout of an app changes with what happens to it. */
final class AppRolloutStory {

    private AppRolloutStory() {}

    static AppRolloutView created(RolloutCreated event, Recorded recorded) {
        Object by = recorded.metadata().get(Provenance.ACTOR);
        List<RolloutGroup> groups = event.plan().groups().stream()
                .map(group -> new RolloutGroup(
                        group.name(),
                        GroupState.SCHEDULED,
                        0,
                        0,
                        0,
                        0,
                        group.percent(),
                        group.successPercent(),
                        group.errorPercent(),
                        group.pausesAfter()))
                .toList();
        return new AppRolloutView(
                event.rolloutId(),
                event.plan(),
                State.CREATING,
                null,
                null,
                groups,
                recorded.at(),
                by == null ? null : by.toString(),
                null,
                null,
                recorded.sequence());
    }

    /** @param ended how many members this event ended */
    static AppRolloutView after(AppRolloutView before, AppRolloutEvent event, Recorded recorded, int ended) {
        Draft draft = new Draft(before, recorded);
        switch (event) {
            case RolloutReady e -> draft.ready(e.sizes());
            case RolloutStarted ignored -> {
                draft.state(State.RUNNING);
                draft.startedAt = recorded.at();
            }
            case GroupStarted e -> draft.group(e.group(), GroupState.RUNNING);
            case GroupSucceeded e -> draft.group(e.group(), GroupState.FINISHED);
            case GroupFailed e -> draft.group(e.group(), GroupState.ERROR);
            case MembersEnded e -> draft.ended(e, ended);
            case RolloutPaused e -> {
                draft.state(State.PAUSED);
                draft.pauseCause = e.cause();
            }
            case RolloutResumed ignored -> draft.state(State.RUNNING);
            case EveryoneEnded ignored -> draft.state(State.FINISHING);
            case FinishRefused e -> draft.why = e.why();
            case FinishRetried ignored -> draft.why = null;
            case RolloutFinished ignored -> {
                draft.state(State.FINISHED);
                draft.endedAt = recorded.at();
            }
            case RolloutAborted e -> {
                draft.state(State.STOPPED);
                draft.why = e.why();
                draft.endedAt = recorded.at();
            }
            case RolloutCreated ignored -> {}
            case MembersPlanned ignored -> {}
            case RolloutStartAwaited ignored -> {}
            case GroupReached ignored -> {}
            case RolloutProgressed ignored -> {}
        }
        return draft.done();
    }

    /** A view while an event changes it. */
    private static final class Draft {

        private final AppRolloutView before;
        private final long version;
        private State state;
        private @Nullable PauseCause pauseCause;
        private @Nullable String why;
        private List<RolloutGroup> groups;
        private @Nullable Instant startedAt;
        private @Nullable Instant endedAt;

        private Draft(AppRolloutView before, Recorded recorded) {
            this.before = before;
            this.version = recorded.sequence();
            this.state = before.state();
            this.pauseCause = before.pauseCause();
            this.why = before.why();
            this.groups = before.groups();
            this.startedAt = before.startedAt();
            this.endedAt = before.endedAt();
        }

        private void state(State now) {
            state = now;
            pauseCause = null;
            why = null;
        }

        private void ready(List<Integer> sizes) {
            state(State.READY);
            List<RolloutGroup> sized = new ArrayList<>();
            for (int i = 0; i < groups.size(); i++) {
                RolloutGroup group = groups.get(i);
                int size = i < sizes.size() ? sizes.get(i) : 0;
                sized.add(with(group, group.state(), size, group.succeeded(), group.failed(), group.canceled()));
            }
            groups = sized;
        }

        private void group(int index, GroupState now) {
            change(index, group -> with(group, now, group.size(), group.succeeded(), group.failed(), group.canceled()));
        }

        private void ended(MembersEnded event, int count) {
            change(event.group(), group -> switch (event.outcome()) {
                case SUCCEEDED ->
                    with(
                            group,
                            group.state(),
                            group.size(),
                            group.succeeded() + count,
                            group.failed(),
                            group.canceled());
                case FAILED ->
                    with(
                            group,
                            group.state(),
                            group.size(),
                            group.succeeded(),
                            group.failed() + count,
                            group.canceled());
                case CANCELED ->
                    with(
                            group,
                            group.state(),
                            group.size(),
                            group.succeeded(),
                            group.failed(),
                            group.canceled() + count);
            });
        }

        private void change(int index, UnaryOperator<RolloutGroup> change) {
            List<RolloutGroup> all = new ArrayList<>(groups);
            all.set(index, change.apply(all.get(index)));
            groups = all;
        }

        private static RolloutGroup with(
                RolloutGroup group, GroupState state, int size, int succeeded, int failed, int canceled) {
            return new RolloutGroup(
                    group.name(),
                    state,
                    size,
                    succeeded,
                    failed,
                    canceled,
                    group.percent(),
                    group.successPercent(),
                    group.errorPercent(),
                    group.pauseAfter());
        }

        private AppRolloutView done() {
            return new AppRolloutView(
                    before.id(),
                    before.plan(),
                    state,
                    pauseCause,
                    why,
                    groups,
                    before.createdAt(),
                    before.createdBy(),
                    startedAt,
                    endedAt,
                    version);
        }
    }
}
