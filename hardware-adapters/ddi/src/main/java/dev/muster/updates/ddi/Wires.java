package dev.muster.updates.ddi;

import dev.muster.registry.Heartbeats;
import dev.muster.updates.MaintenanceWindows;

/** The parts that routes share, made once. */
final class Wires {

    final Desk desk;
    final DdiPorts ports;
    final DdiSettings settings;
    final DdiMetrics metrics;
    final Gate gate;
    final Orders orders;
    final Arrivals arrivals;
    final Bodies bodies;
    final Links links;
    final LinkOrigins origins = new LinkOrigins();
    final MaintenanceWindows windows;
    final Documents documents;
    final PollRenderer polls;
    final Heartbeats heartbeats;

    Wires(Desk desk, DdiPorts ports, DdiSettings settings, DdiMetrics metrics) {
        this.desk = desk;
        this.ports = ports;
        this.settings = settings;
        this.metrics = metrics;
        this.heartbeats = ports.heartbeats();
        this.windows = ports.windows();
        this.gate = new Gate(settings);
        this.orders = new Orders(ports, settings);
        this.arrivals = new Arrivals(desk, orders, gate);
        this.bodies = new Bodies(settings);
        this.links = new Links(settings);
        this.documents = new Documents(links, windows, ports.passwords());
        this.polls = new PollRenderer(links, new SleepTime(ports.fleet()), windows, ports.positions());
    }

    /** Where links in this visit's documents point. */
    Origin origin(Visit visit) {
        java.net.InetSocketAddress local = visit.request.getLocalAddress();
        String fallback = local == null ? "localhost" : local.getHostString() + ":" + local.getPort();
        return origins.of(visit.rules, visit.headers, fallback, visit.request.getSslInfo() != null, visit.proxied);
    }

    /** The form the device wants; 406 when we have none of those. */
    static Media accepted(Visit visit) {
        Media media = Media.accepted(visit.headers.getFirst("Accept"));
        if (media == null) {
            throw DdiFailure.notAcceptable();
        }
        return media;
    }

    /** An action's number out of a path: 400 when it is no number, -1 when no action can have it. */
    static int number(String raw) {
        long number = longNumber(raw);
        return number > 0 && number <= Integer.MAX_VALUE ? (int) number : -1;
    }

    /** A 64-bit number out of a path, else 400. */
    static long longNumber(String raw) {
        try {
            return raw.length() > 20 ? Long.parseLong("") : Long.parseLong(raw);
        } catch (NumberFormatException e) {
            throw DdiFailure.notReadable("'" + (raw.length() > 40 ? raw.substring(0, 40) : raw) + "' is no number.");
        }
    }

    static DdiFailure noAction(int number) {
        return DdiFailure.entityNotFound("The device has no such action" + (number > 0 ? ": " + number : "") + ".");
    }
}
