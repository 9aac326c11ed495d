package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.device;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AppAgentCommand.EndEnrolment;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.ProjectKey;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.testing.MemoryLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** No device that is out of service has an agent, in whatever order the two were heard of. */
class WhenDeviceLeavesEndItsAgentTest {

    private final AppHouse house = new AppHouse();
    private final MemoryLog log = new MemoryLog();
    private final AppFleet fleet = new AppFleet();
    private final WhenDeviceLeavesEndItsAgent policy = new WhenDeviceLeavesEndItsAgent(house.commands, log, fleet, log);

    private Recorded enrolled(String id) {
        return log.record(
                AppAgentEvent.aggregateId(device(id)),
                new AgentEnrolled(device(id), ProjectKey.MAIN, new AgentKey(3), "serial", "s1", 11));
    }

    private Recorded left(String id) {
        return log.record("device/" + id, new DeviceDecommissioned(device(id)));
    }

    @Test
    void theAgentOfADeviceThatLeavesIsEnded() {
        enrolled("robot");
        policy.react(List.of(left("robot"), left("without")));
        assertThat(house.commands.all).containsExactly(new EndEnrolment(device("robot")));
    }

    @Test
    void anAgentThatComesTooLateIsEndedAtOnce() {
        policy.react(List.of(left("robot")));
        assertThat(house.commands.all).isEmpty();
        policy.react(List.of(enrolled("robot")));
        assertThat(house.commands.all).containsExactly(new EndEnrolment(device("robot")));
    }

    @Test
    void anAgentOfADeviceThatIsThereStays() {
        fleet.hit("robot");
        policy.react(List.of(enrolled("robot")));
        assertThat(house.commands.all).isEmpty();
    }

    @Test
    void heardTwiceItIsDoneAlready() {
        house.commands.answer = command -> CompletableFuture.failedFuture(AppsRefusal.AGENT_UNKNOWN.because("ended"));
        enrolled("robot");
        policy.react(List.of(left("robot")));
        assertThat(house.commands.all).hasSize(1);
    }
}
