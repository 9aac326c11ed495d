package dev.muster.config.command;

import dev.muster.config.Agent;
import dev.muster.config.AgentEvent.AgentRegistered;
import dev.muster.config.Agents;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceCommand;
import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceId;
import dev.muster.registry.DeviceLimits;
import dev.muster.registry.Origin;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An agent that registered with the configuration server is a device under the same id, with the address and the
 * architecture that it told, where those are what they should be: an agent may tell any text.
 *
 * <p>It looks at how things stand, so hearing something twice changes nothing: an agent that is gone is passed over, and
 * a device that was there once is not brought back, for then its agent is about to go ({@link
 * WhenDeviceLeavesRemoveItsAgent}).
 */
public final class WhenAgentRegistersMakeItADevice implements Policy {

    static final String ARCH = "arch";

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:agents");
    private static final int IN_FLIGHT_MAX = 256;
    /** The longest IPv6 address that holds an IPv4 address. */
    private static final int ADDRESS_LENGTH_MAX = 45;

    private final Commands commands;
    private final Agents agents;
    private final DeviceDirectory devices;
    private final History history;
    private final Positions positions;

    public WhenAgentRegistersMakeItADevice(
            Commands commands, Agents agents, DeviceDirectory devices, History history, Positions positions) {
        this.commands = commands;
        this.agents = agents;
        this.devices = devices;
        this.history = history;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-agent-registers-make-it-a-device";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        Set<DeviceId> registered = new LinkedHashSet<>();
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof AgentRegistered event) {
                registered.add(event.deviceId());
            }
        }
        if (registered.isEmpty()) {
            return;
        }
        Await.done(positions.folded(batch.getLast().position(), Await.HANDLER_WAIT_MAX));
        List<List<DeviceCommand>> orders = registered.stream()
                .map(this::orders)
                .filter(all -> !all.isEmpty())
                .toList();
        Await.done(Flux.fromIterable(orders)
                .flatMap(all -> Flux.fromIterable(all).concatMap(this::sent), IN_FLIGHT_MAX)
                .then());
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
    }

    private List<DeviceCommand> orders(DeviceId id) {
        Agent agent = agents.find(id);
        boolean known = devices.facts(id) != null;
        if (agent == null || (!known && !history.of("device/" + id, 0, 1).isEmpty())) {
            return List.of();
        }
        List<DeviceCommand> orders = new ArrayList<>();
        if (!known) {
            orders.add(new RegisterDevice(
                    id, null, null, List.of(), Map.of(), addressIn(agent.ipAddress()), null, Origin.AGENT));
        }
        if (isAttribute(agent.arch())) {
            orders.add(new ReportAttributes(id, Mode.MERGE, Map.of(ARCH, agent.arch()), false));
        }
        return orders;
    }

    /** The address in its usual form, or null for a text that is none. */
    static @Nullable String addressIn(String text) {
        boolean v4 = text.chars().filter(c -> c == '.').count() == 3;
        if (text.length() > ADDRESS_LENGTH_MAX || (!v4 && text.indexOf(':') < 0) || text.indexOf('%') >= 0) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isAttribute(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= DeviceLimits.ATTRIBUTE_LENGTH_MAX
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** A refusal is an answer: somebody else was there first. Want of room is none; then the batch is tried again. */
    private Mono<Object> sent(DeviceCommand order) {
        return Mono.defer(() -> Mono.fromFuture(commands.<Object>send(order, SYSTEM), true))
                .onErrorResume(Refused::isAnswer, failure -> Mono.empty());
    }
}
