package dev.muster.apps.reagent;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.PortRule;
import dev.muster.apps.reagent.CloudProcedures.Answering;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Ports at the tunnel server, and whose they are. An agent asks for any port and never gives one back; which of them it
 * uses, it says with its reports of ports. So a port that it has had for a while and does not report is given to it
 * again, and what was in use before this server began is known from reports; so of a report only those ports are kept
 * that the device was given.
 */
final class TunnelPorts {

    static final String EXPOSE = "re.tunnel.expose_port";

    /** A port may be in use for so long before a report says so. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final ReagentPorts ports;
    private final int first;
    private final int last;
    private final int perDevice;
    private final TreeMap<Integer, Grant> grants = new TreeMap<>();
    /** Where to look next: a port that was just given up may still be in use. */
    private int next;

    private record Grant(DeviceId device, Instant at) {}

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
        Instant now = ports.clock().instant();
        for (AppAgent agent : ports.agents().all()) {
            for (int port : reported(agent.device())) {
                if (isOurs(port)) {
                    grants.putIfAbsent(port, new Grant(agent.device(), now));
                }
            }
        }
    }

    /** Ports that a device says to use. */
    private Set<Integer> reported(DeviceId device) {
        Set<Integer> used = new HashSet<>();
        for (Installation each : ports.installations().of(device)) {
            for (PortRule rule : each.reported().ports()) {
                boolean isBare = rule.protocol() == PortRule.Protocol.TCP || rule.protocol() == PortRule.Protocol.UDP;
                if (rule.active() && isBare) {
                    used.add(rule.remotePort());
                }
            }
        }
        return used;
    }

    private Mono<Payload> expose(Asking asking) {
        Said said = Said.of(asking.call().payload().arg(0));
        int wanted = said.whole("port", 0, 65_535);
        String protocol = said.text("protocol", 16);
        if (!protocol.equals("tcp") && !protocol.equals("udp")) {
            throw Answers.invalid("Only 'tcp' and 'udp' have a port at the tunnel server.");
        }
        long port = wanted == 0 ? any(asking.device()) : named(asking.device(), wanted);
        return Mono.just(Answers.of(Map.of("remote_port", port)));
    }

    private synchronized int named(DeviceId device, int wanted) {
        if (!isOurs(wanted)) {
            throw Answers.invalid("Ports at the tunnel server are " + first + " to " + last + ".");
        }
        Grant before = grants.get(wanted);
        if (before != null && !before.device().equals(device)) {
            throw Answers.invalid("Port " + wanted + " is another device's.");
        }
        if (before == null) {
            onlyFew(device);
        }
        grants.put(wanted, new Grant(device, ports.clock().instant()));
        return wanted;
    }

    private synchronized int any(DeviceId device) {
        Integer unused = unused(device);
        if (unused == null) {
            onlyFew(device);
        }
        int port = unused == null ? free() : unused;
        grants.put(port, new Grant(device, ports.clock().instant()));
        return port;
    }

    /** One that the device has and does not say to use. */
    private @Nullable Integer unused(DeviceId device) {
        Set<Integer> used = reported(device);
        Instant old = ports.clock().instant().minus(FRESH);
        for (Map.Entry<Integer, Grant> each : grants.entrySet()) {
            Grant grant = each.getValue();
            if (grant.device().equals(device) && grant.at().isBefore(old) && !used.contains(each.getKey())) {
                return each.getKey();
            }
        }
        return null;
    }

    private void onlyFew(DeviceId device) {
        long had = grants.values().stream()
                .filter(grant -> grant.device().equals(device))
                .count();
        if (had >= perDevice) {
            throw Answers.later("The device has " + perDevice + " ports at the tunnel server already.");
        }
    }

    private int free() {
        for (int tried = first; tried <= last; tried++) {
            int port = next;
            next = next == last ? first : next + 1;
            if (!grants.containsKey(port)) {
                return port;
            }
        }
        throw Answers.later("All ports of the tunnel server are in use.");
    }

    synchronized boolean isOf(DeviceId device, int port) {
        Grant grant = grants.get(port);
        return grant != null && grant.device().equals(device);
    }

    /** One that is given out here and was not given to this device, whatever it says. */
    synchronized boolean isAlien(DeviceId device, int port) {
        return isOurs(port) && !isOf(device, port);
    }

    /** Its agent may not sign in any more. */
    synchronized void release(DeviceId device) {
        grants.values().removeIf(grant -> grant.device().equals(device));
    }

    private boolean isOurs(int port) {
        return port >= first && port <= last;
    }
}
