package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.Phase;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.JoinMembers;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships.OpenRollout;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhenDeviceMatchesLetItJoinTest {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(7, 7));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final KnownRollouts rollouts = new KnownRollouts();
    private final WhenDeviceMatchesLetItJoin policy =
            new WhenDeviceMatchesLetItJoin(commands, fleet, new OneRelease(OS), rollouts, new AllSeen());

    private void running(boolean joining) {
        running(ROLLOUT, joining);
    }

    private void running(RolloutId id, boolean joining) {
        RolloutPlan plan = new RolloutPlan(
                "winter",
                OS,
                "group==line",
                List.of(new Group("all", 100, 80, 20, null, null)),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                null,
                null);
        rollouts.open.add(new OpenRollout(id, plan, Phase.RUNNING, joining));
    }

    private void happens(Object... events) {
        List<Recorded> batch = new ArrayList<>();
        for (Object each : events) {
            batch.add(new Recorded(batch.size(), "e", Instant.EPOCH, each, "any", 0, Map.of()));
        }
        policy.react(batch);
    }

    private static DeviceId id(String id) {
        return new DeviceId(id);
    }

    @Test
    void whoMatchesNowJoinsAndManyWithOneCommand() {
        running(true);
        fleet.add("a", "line", null);
        fleet.add("b", "line", null);
        fleet.add("c", "shelf", null);
        happens(
                new DeviceGrouped(id("a"), "line"),
                new DeviceGrouped(id("b"), "line"),
                new DeviceGrouped(id("b"), "line"),
                new DeviceGrouped(id("c"), "shelf"),
                new DeviceGrouped(id("gone"), "line"),
                new DeviceDecommissioned(id("left")));
        assertThat(commands.all).containsExactly(new JoinMembers(ROLLOUT, List.of(id("a"), id("b"))));
    }

    @Test
    void membersDoNotJoinAgain() {
        running(true);
        fleet.add("a", "line", null);
        rollouts.members.add(id("a"));
        happens(new DeviceGrouped(id("a"), "line"));
        assertThat(commands.all).isEmpty();
    }

    @Test
    void whoIsHeldBackJoinsWhenLetGo() {
        running(true);
        fleet.add("a", "line", "in the lab");
        happens(new DeviceGrouped(id("a"), "line"));
        assertThat(commands.all).isEmpty();
        fleet.add("a", "line", null);
        happens(new DeviceLetGo(id("a")));
        assertThat(commands.all).containsExactly(new JoinMembers(ROLLOUT, List.of(id("a"))));
    }

    @Test
    void nobodyJoinsWhatIsClosed() {
        running(false);
        fleet.add("a", "line", null);
        happens(new DeviceGrouped(id("a"), "line"), new RolloutStarted(ROLLOUT));
        assertThat(commands.all).isEmpty();
    }

    @Test
    void whenItStartsEverybodyWhoCameMeanwhileJoinsInBoundedParts() {
        running(true);
        IntStream.range(0, 2_500).forEach(i -> fleet.add("d%04d".formatted(i), "line", null));
        rollouts.members.add(id("d0000"));
        happens(new RolloutStarted(ROLLOUT));
        List<JoinMembers> joined = commands.of(JoinMembers.class);
        assertThat(joined.stream().map(each -> each.members().size())).containsExactly(1000, 1000, 499);
        assertThat(joined.stream().flatMap(each -> each.members().stream())).doesNotHaveDuplicates();
    }

    @Test
    void oneThatRefusesHoldsUpNoOtherAndABusyHouseIsAskedAgain() {
        RolloutId other = new RolloutId(new UUID(8, 8));
        running(true);
        running(other, true);
        fleet.add("a", "line", null);
        commands.answer = command ->
                command instanceof JoinMembers join && join.rolloutId().equals(ROLLOUT)
                        ? CompletableFuture.failedFuture(UpdatesRefusal.ROLLOUT_UNKNOWN.because("it is gone"))
                        : CompletableFuture.completedFuture(null);
        happens(new DeviceGrouped(id("a"), "line"));
        assertThat(commands.all).contains(new JoinMembers(other, List.of(id("a"))));

        commands.answer = command -> CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("too many"));
        assertThatThrownBy(() -> happens(new DeviceGrouped(id("a"), "line"))).isInstanceOf(Refused.class);
    }
}
