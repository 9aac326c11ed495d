package dev.muster.updates.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Phase;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.JoiningClosed;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships.OpenRollout;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Joining;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RolloutRegisterTest {

    private static final RolloutId ONE = new RolloutId(new UUID(7, 1));
    private static final RolloutId TWO = new RolloutId(new UUID(7, 2));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");

    private final RolloutRegister register = new RolloutRegister();

    private void says(RolloutEvent... events) {
        for (RolloutEvent each : events) {
            register.apply(new Recorded(0, "e", Instant.EPOCH, each, "rollout/" + each.rolloutId(), 0, Map.of()));
        }
    }

    private static RolloutPlan plan(@Nullable RolloutPolicy care) {
        return new RolloutPlan(
                "winter",
                OS,
                "id==*",
                List.of(new Group("all", 100, 80, 20, null, null)),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                null,
                care);
    }

    private static RolloutPlan joinable() {
        return plan(new RolloutPolicy(false, null, null, null, new Joining(10, 80, 20), null, null));
    }

    private static DeviceId id(String id) {
        return new DeviceId(id);
    }

    @Test
    void membersAreKnownOfWhatCanBeJoined() {
        says(
                new RolloutCreated(ONE, joinable(), null),
                new MembersPlanned(ONE, 0, 0, List.of(id("a"))),
                new RolloutReady(ONE, List.of(1), 0));
        assertThat(register.open()).noneMatch(OpenRollout::joining);
        says(new RolloutStarted(ONE), new MembersJoined(ONE, 1, 0, List.of(id("b"))));
        assertThat(register.open()).allMatch(OpenRollout::joining);
        assertThat(register.contains(ONE, id("a"))).isTrue();
        assertThat(register.contains(ONE, id("b"))).isTrue();
        assertThat(register.contains(ONE, id("c"))).isFalse();
        says(new RolloutPaused(ONE, PauseCause.OPERATOR));
        assertThat(register.open()).allMatch(OpenRollout::joining);
        says(new JoiningClosed(ONE));
        assertThat(register.open()).noneMatch(OpenRollout::joining);
    }

    @Test
    void whatEndedIsNotOpenAndWhatWasDeletedIsGone() {
        says(new RolloutCreated(ONE, plan(null), null), new RolloutCreated(TWO, plan(null), null));
        assertThat(register.open()).extracting(OpenRollout::id).containsExactly(ONE, TWO);
        says(new RolloutAborted(ONE, null));
        assertThat(register.open()).extracting(OpenRollout::id).containsExactly(TWO);
        assertThat(register.find(ONE)).extracting(OpenRollout::phase).isEqualTo(Phase.STOPPED);
        says(new RolloutDeleted(ONE));
        assertThat(register.find(ONE)).isNull();
    }

    @Test
    void whatNeedsAgreementWaitsForIt() {
        says(
                new RolloutCreated(ONE, plan(new RolloutPolicy(true, null, null, null, null, null, null)), null),
                new RolloutReady(ONE, List.of(1), 0));
        assertThat(register.find(ONE)).extracting(OpenRollout::phase).isEqualTo(Phase.WAITING_FOR_APPROVAL);
    }

    @Test
    void manyMembersAreToldApart() {
        MemberSet members = new MemberSet();
        for (int i = 0; i < 100_000; i++) {
            members.add(id("robot-" + i));
            members.add(id("robot-" + i));
        }
        assertThat(members.size()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i++) {
            if (!members.contains(id("robot-" + i)) || members.contains(id("other-" + i))) {
                throw new AssertionError("member " + i);
            }
        }
    }
}
