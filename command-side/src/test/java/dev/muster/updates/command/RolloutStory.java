package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.staging.Ended;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.UpdatesRefusal;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;

/** A rollout to two groups, and how far it is. */
abstract class RolloutStory {

    static final RolloutId ID = new RolloutId(new UUID(7, 7));
    static final String ANN = "user:ann";
    static final String BOB = "user:bob";
    static final RolloutPlan PLAN = new RolloutPlan(
            "winter",
            new ReleaseRef(ReleaseId.of("os", "1"), "os", "1"),
            "id==*",
            List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null)),
            ActionType.FORCED,
            null,
            null,
            null,
            false,
            null,
            null,
            null);

    AggregateTestFixture<Rollout> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(Rollout.class);
    }

    static Object[] running() {
        return new Object[] {
            new RolloutCreated(ID, PLAN, ANN),
            new RolloutReady(ID, List.of(10, 90), 0),
            new RolloutStarted(ID),
            new GroupStarted(ID, 0),
            new GroupOffered(ID, 0, 10, 0)
        };
    }

    static Object[] and(Object[] before, Object... more) {
        Object[] all = java.util.Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        return all;
    }

    static List<Ended> ended(long from, int group, Outcome outcome, int count) {
        return java.util.stream.LongStream.range(from, from + count)
                .mapToObj(position -> new Ended(position, group, outcome))
                .toList();
    }

    static RolloutPlan careful(RolloutPolicy care) {
        return new RolloutPlan(
                PLAN.name(),
                PLAN.release(),
                PLAN.filter(),
                PLAN.groups(),
                PLAN.type(),
                null,
                null,
                null,
                false,
                null,
                null,
                care);
    }

    void refused(Object[] given, Object command, UpdatesRefusal code) {
        Throwable[] failure = new Throwable[1];
        fixture.given(given).when(command).expectNoEvents();
        assertThatThrownBy(() -> RolloutDecision.decide((RolloutCommand) command, state(given)))
                .satisfies(thrown -> failure[0] = thrown);
        assertThat(Refused.is(failure[0], code)).isTrue();
    }

    private static RolloutState state(Object... events) {
        RolloutState state = RolloutState.NONE;
        for (Object each : events) {
            state = state.after((RolloutEvent) each);
        }
        return state;
    }
}
