package dev.muster.config.query;

import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.ConfigRolloutEvent.EveryoneEnded;
import dev.muster.config.ConfigRolloutEvent.FinishRefused;
import dev.muster.config.ConfigRolloutEvent.FinishRetried;
import dev.muster.config.ConfigRolloutEvent.GroupFailed;
import dev.muster.config.ConfigRolloutEvent.GroupReached;
import dev.muster.config.ConfigRolloutEvent.GroupStarted;
import dev.muster.config.ConfigRolloutEvent.GroupSucceeded;
import dev.muster.config.ConfigRolloutEvent.MembersEnded;
import dev.muster.config.ConfigRolloutEvent.MembersPlanned;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.ConfigRolloutEvent.RolloutPaused;
import dev.muster.config.ConfigRolloutEvent.RolloutProgressed;
import dev.muster.config.ConfigRolloutEvent.RolloutReady;
import dev.muster.config.ConfigRolloutEvent.RolloutResumed;
import dev.muster.config.ConfigRolloutEvent.RolloutStartAwaited;
import dev.muster.config.ConfigRolloutEvent.RolloutStarted;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRolloutView.GroupState;
import dev.muster.config.ConfigRolloutView.RolloutGroup;
import dev.muster.config.ConfigRolloutView.State;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.staging.PauseCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the view of a configuration rollout changes with what happens to it. */
final class ConfigRolloutStory {

    private ConfigRolloutStory() {}

    static ConfigRolloutView created(RolloutCreated event, Recorded recorded) {
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
        return new ConfigRolloutView(
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
    static ConfigRolloutView after(ConfigRolloutView before, ConfigRolloutEvent event, Recorded recorded, int ended) {
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

        private final ConfigRolloutView before;
        private final long version;
        private State state;
        private @Nullable PauseCause pauseCause;
        private @Nullable String why;
        private List<RolloutGroup> groups;
        private @Nullable Instant startedAt;
        private @Nullable Instant endedAt;

        private Draft(ConfigRolloutView before, Recorded recorded) {
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

        private ConfigRolloutView done() {
            return new ConfigRolloutView(
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
