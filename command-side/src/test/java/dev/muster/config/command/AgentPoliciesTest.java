package dev.muster.config.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.Agent;
import dev.muster.config.AgentCommand.RemoveAgent;
import dev.muster.config.AgentEvent.AgentRegistered;
import dev.muster.config.Agents;
import dev.muster.config.ConfigRefusal;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Agents become devices, and go with them. */
class AgentPoliciesTest {

    private static final DeviceId ID = new DeviceId("5faaacfc-0663-437c-a2fe-10901154a214");

    private final Map<DeviceId, Agent> agents = new HashMap<>();
    private final Set<DeviceId> devices = new HashSet<>();
    private final Set<String> histories = new HashSet<>();
    private final List<Object> orders = new ArrayList<>();
    private @Nullable RuntimeException refusal;

    private final WhenAgentRegistersMakeItADevice making =
            new WhenAgentRegistersMakeItADevice(new Sender(), new Known(), new Directory(), new Log(), new Settled());
    private final WhenDeviceLeavesRemoveItsAgent leaving = new WhenDeviceLeavesRemoveItsAgent(new Sender(), new Log());

    private static List<Recorded> log(Object... events) {
        List<Recorded> log = new ArrayList<>();
        for (Object event : events) {
            log.add(new Recorded(log.size(), "e" + log.size(), Instant.EPOCH, event, "a", 0, Map.of()));
        }
        return log;
    }

    private AgentRegistered registers(String address, String arch) {
        agents.put(ID, new Agent(ID, 7, address, "ssh-rsa AAAA", arch, "{}", 1));
        return new AgentRegistered(ID, 7, address, "ssh-rsa AAAA", arch);
    }

    private static RegisterDevice device(@Nullable String address) {
        return new RegisterDevice(ID, null, null, List.of(), Map.of(), address, null, Origin.AGENT);
    }

    private static ReportAttributes arch(String arch) {
        return new ReportAttributes(ID, Mode.MERGE, Map.of("arch", arch), false);
    }

    @Nested
    class Making {

        @Test
        void anAgentIsADeviceUnderTheSameId() {
            making.react(log(registers("10.0.0.1", "amd64")));
            assertThat(orders).containsExactly(device("10.0.0.1"), arch("amd64"));
        }

        @Test
        void whatIsNoAddressAndNoWordStaysAway() {
            for (String address : List.of("", "here", "10.0.0", "10.0.0.1.2", "300.1.1.1", "fe80::1%eth0", "1:2")) {
                orders.clear();
                making.react(log(registers(address, "a\u0007b")));
                assertThat(orders).as(address).containsExactly(device(null));
            }
            orders.clear();
            making.react(log(registers("::1", " ")));
            assertThat(orders).containsExactly(device("0:0:0:0:0:0:0:1"));
            orders.clear();
            making.react(log(registers("10.0.0.1", "x".repeat(129))));
            assertThat(orders).containsExactly(device("10.0.0.1"));
        }

        @Test
        void aDeviceThatIsThereIsNotRegisteredAgain() {
            devices.add(ID);
            making.react(log(registers("10.0.0.1", "amd64")));
            assertThat(orders).containsExactly(arch("amd64"));
        }

        @Test
        void aDeviceThatWasThereOnceIsNotBroughtBack() {
            histories.add("device/" + ID);
            making.react(log(registers("10.0.0.1", "amd64")));
            assertThat(orders).isEmpty();
        }

        @Test
        void anAgentThatIsGoneIsPassedOver() {
            AgentRegistered event = registers("10.0.0.1", "amd64");
            agents.clear();
            making.react(log(event, new DeviceDecommissioned(ID)));
            assertThat(orders).isEmpty();
        }

        @Test
        void aRefusalIsAnAnswerAndWantOfRoomIsNone() {
            AgentRegistered event = registers("10.0.0.1", "amd64");
            refusal = ConfigRefusal.REJECTED.because("somebody was faster");
            making.react(log(event));
            refusal = KernelRefusal.OVERLOADED.because("later");
            assertThatThrownBy(() -> making.react(log(event))).isInstanceOf(Refused.class);
        }
    }

    @Nested
    class Leaving {

        @Test
        void theAgentGoesWithItsDevice() {
            histories.add("agent/" + ID);
            leaving.react(log(new DeviceDecommissioned(ID)));
            assertThat(orders).containsExactly(new RemoveAgent(ID));
        }

        @Test
        void otherDevicesHaveNoAgent() {
            histories.add("agent/" + ID);
            leaving.react(log(new DeviceDecommissioned(new DeviceId("another"))));
            assertThat(orders).isEmpty();
        }

        @Test
        void heardTwiceIsDoneOnce() {
            histories.add("agent/" + ID);
            refusal = ConfigRefusal.AGENT_UNKNOWN.because("gone");
            leaving.react(log(new DeviceDecommissioned(ID)));
            refusal = KernelRefusal.OVERLOADED.because("later");
            assertThatThrownBy(() -> leaving.react(log(new DeviceDecommissioned(ID))))
                    .isInstanceOf(Refused.class);
        }
    }

    private final class Known implements Agents {

        @Override
        public @Nullable Agent find(DeviceId id) {
            return agents.get(id);
        }

        @Override
        public int size() {
            return agents.size();
        }
    }

    private final class Directory implements DeviceDirectory {

        @Override
        public @Nullable DeviceFacts facts(DeviceId id) {
            return devices.contains(id)
                    ? new DeviceFacts(
                            id,
                            id.value(),
                            null,
                            List.of(),
                            Map.of(),
                            Map.of(),
                            null,
                            null,
                            Origin.OPERATOR,
                            false,
                            false)
                    : null;
        }

        @Override
        public List<DeviceFacts> matchingFacts(@Nullable String rsql) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Log implements History {

        @Override
        public Flux<Recorded> after(long position) {
            return Flux.never();
        }

        @Override
        public List<Recorded> before(long position, int limit) {
            return List.of();
        }

        @Override
        public List<Recorded> of(String aggregate) {
            return histories.contains(aggregate) ? log(new DeviceDecommissioned(ID)) : List.of();
        }

        @Override
        public @Nullable Recorded at(long position) {
            return null;
        }
    }

    private final class Sender implements Commands {

        @Override
        public <R> Mono<R> send(Object command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            RuntimeException no = refusal;
            if (no != null) {
                return CompletableFuture.failedFuture(no);
            }
            orders.add(command);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class Settled implements Positions {

        @Override
        public long committed() {
            return 0;
        }

        @Override
        public long folded() {
            return 0;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return Mono.empty();
        }
    }
}
