package dev.muster.apps.reagent;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.PortRule;
import dev.muster.apps.reagent.CloudProcedures.Answering;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.Payload;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/**
 * Ports at the tunnel server, and whose they are. A device keeps what it has as long as it may be using it: what it
 * reports of its apps tells after a restart what that was. One that asks for more and more gives up what it got first.
 */
final class TunnelPorts {

    static final String EXPOSE = "re.tunnel.expose_port";

    private final ReagentPorts ports;
    private final int first;
    private final int last;
    private final int perDevice;
    /** Whose each port is. */
    private final TreeMap<Integer, DeviceId> owners = new TreeMap<>();
    /** In the order in which they got them. */
    private final Map<DeviceId, Set<Integer>> owned = new HashMap<>();
    /** Where to look next: a port that was just given up may still be in use. */
    private int next;

    TunnelPorts(ReagentPorts ports, ReagentSettings settings) {
        this.ports = ports;
        this.first = settings.tunnelPortFirst();
        this.last = settings.tunnelPortLast();
        this.perDevice = settings.tunnelPortsMax();
        this.next = first;
    }

    Map<String, Answering> all() {
        return Map.of(EXPOSE, this::expose);
    }

    /** Learns from reports which ports are in use. */
    synchronized void begin() {
        for (AppAgent agent : ports.agents().all()) {
            for (Installation each : ports.installations().of(agent.device())) {
                for (PortRule rule : each.reported().ports()) {
                    boolean isInUse = rule.active() && isOurs(rule.remotePort()) && isBare(rule);
                    if (isInUse && owners.putIfAbsent(rule.remotePort(), agent.device()) == null) {
                        owned.computeIfAbsent(agent.device(), any -> new LinkedHashSet<>())
                                .add(rule.remotePort());
                    }
                }
            }
        }
    }

    private Mono<Payload> expose(Asking asking) {
        Said said = Said.of(asking.call().payload().arg(0));
        int wanted = said.whole("port", 0, 65_535);
        String protocol = said.text("protocol", 16);
        if (!protocol.equals("tcp") && !protocol.equals("udp")) {
            throw Answers.invalid("Only 'tcp' and 'udp' have a port at the tunnel server.");
        }
        return Mono.just(Answers.of(Map.of("remote_port", (long) take(asking.device(), wanted))));
    }

    private synchronized int take(DeviceId device, int wanted) {
        Set<Integer> had = owned.computeIfAbsent(device, any -> new LinkedHashSet<>());
        if (wanted != 0) {
            if (!isOurs(wanted)) {
                throw Answers.invalid("Ports at the tunnel server are " + first + " to " + last + ".");
            }
            DeviceId owner = owners.putIfAbsent(wanted, device);
            if (owner != null && !owner.equals(device)) {
                throw Answers.invalid("Port " + wanted + " is another device's.");
            }
        }
        int port = wanted == 0 ? free() : wanted;
        owners.put(port, device);
        had.add(port);
        if (had.size() > perDevice) {
            Integer oldest = had.iterator().next();
            had.remove(oldest);
            owners.remove(oldest);
        }
        return port;
    }

    private int free() {
        for (int tried = first; tried <= last; tried++) {
            int port = next;
            next = next == last ? first : next + 1;
            if (!owners.containsKey(port)) {
                return port;
            }
        }
        throw Answers.later("All ports of the tunnel server are in use.");
    }

    synchronized boolean isOf(DeviceId device, int port) {
        return device.equals(owners.get(port));
    }

    /** Its agent may not sign in any more. */
    synchronized void release(DeviceId device) {
        Set<Integer> had = owned.remove(device);
        if (had != null) {
            had.forEach(owners::remove);
        }
    }

    private boolean isOurs(int port) {
        return port >= first && port <= last;
    }

    private static boolean isBare(PortRule rule) {
        return rule.protocol() == PortRule.Protocol.TCP || rule.protocol() == PortRule.Protocol.UDP;
    }
}
