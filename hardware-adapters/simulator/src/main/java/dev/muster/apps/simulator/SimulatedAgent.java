package dev.muster.apps.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A simulated agent: one process of the real one, from its start until it is closed or would have ended itself. What it
 * does can be watched, and it can be made to break its line, to leave a session behind, and to have apps that fail.
 */
public final class SimulatedAgent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedAgent.class);
    private static final String WRONG_SIGNATURE = "WAMP-CRA client signature is invalid";
    private static final int TAKEN_MAX = 8;
    private static final int MISSED_MAX = 2;

    private final AgentPlant plant;
    private final AgentSettings settings;
    private volatile DeviceFile file;
    private final AgentLogbook logbook;
    private final LocalApps apps;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AgentHost host;
    private volatile @Nullable AgentSession session;
    private volatile boolean isUp;
    private volatile @Nullable String exit;
    private volatile boolean isClosed;

    /** With apps of which nothing runs. */
    public SimulatedAgent(DeviceFile file, AgentSettings settings, AgentPlant plant) {
        this(file, settings, plant, PretendedEngine.INSTANCE);
    }

    /** @param engine which runs its apps; it is not closed with this */
    public SimulatedAgent(DeviceFile file, AgentSettings settings, AgentPlant plant, ContainerEngine engine) {
        this.file = file;
        this.settings = settings;
        this.plant = plant;
        this.logbook = new AgentLogbook(file.serial());
        this.host = new AgentHost(this, plant);
        this.apps = new LocalApps(host, settings, engine, notes::add);
    }

    /** Begins to dial, and goes on as long as the real one would. */
    public SimulatedAgent start() {
        plant.run(() -> {
            try {
                live();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    private void live() throws InterruptedException {
        int taken = 0;
        boolean wasUp = false;
        while (!isClosed && exit == null) {
            AgentSession.Start start = null;
            try {
                AgentSession opened = dialled();
                start = opened.begin(!wasUp);
                if (start == AgentSession.Start.UP || start == AgentSession.Start.WAITS) {
                    wasUp = true;
                    isUp = start == AgentSession.Start.UP;
                    starts.incrementAndGet();
                    stay(opened);
                }
                if (start != AgentSession.Start.UP && start != AgentSession.Start.WAITS) {
                    opened.wire.close();
                }
            } catch (AgentFault e) {
                LOG.debug("{} is not connected", file, e);
                AgentSession broken = session;
                if (broken != null && start == null) {
                    broken.wire.close();
                }
                if (e.getMessage() != null && e.getMessage().contains(WRONG_SIGNATURE)) {
                    exit(e.getMessage());
                }
            } finally {
                isUp = false;
            }
            taken = start == AgentSession.Start.TAKEN ? taken + 1 : 0;
            if (taken >= TAKEN_MAX) {
                exit("another device has the serial number");
            }
            if (start != AgentSession.Start.MOVED && !isClosed && exit == null) {
                Thread.sleep(settings.retry());
            }
        }
    }

    private AgentSession dialled() throws AgentFault, InterruptedException {
        DeviceFile now = file;
        WampClient wire = WampClient.open(plant, now.endpoint(), settings.responseMax());
        try {
            long number = wire.join(now.authid(), now.secret());
            logbook.forgetViewers();
            AgentSession opened = new AgentSession(this, settings, wire, now, number);
            session = opened;
            return opened;
        } catch (AgentFault e) {
            wire.close();
            throw e;
        }
    }

    /** Until the session is over, for whatever reason. */
    private void stay(AgentSession opened) throws InterruptedException {
        AtomicInteger missed = new AtomicInteger();
        ScheduledFuture<?> pings = plant.every(settings.ping(), () -> {
            if (!opened.wire.ping()) {
                opened.wire.close();
            }
        });
        ScheduledFuture<?> beats = plant.every(settings.heartbeat(), () -> {
            try {
                opened.status("CONNECTED");
                missed.set(0);
                isUp = true;
            } catch (AgentFault e) {
                if (missed.incrementAndGet() >= MISSED_MAX) {
                    // It dials anew and leaves the old socket as it is.
                    opened.wire.abandon();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            String why = opened.wire.over().get();
            LOG.debug("{}: {}", file, why);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            beats.cancel(false);
            pings.cancel(false);
        }
    }

    // What its session asks of it.

    DeviceFile file() {
        return file;
    }

    Instant now() {
        return plant.now();
    }

    AgentSettings settings() {
        return settings;
    }

    AgentLogbook logbook() {
        return logbook;
    }

    void belongs(DeviceFile elsewhere) {
        file = elsewhere;
    }

    void noted(String what) {
        notes.add(what);
    }

    LocalApps apps() {
        return apps;
    }

    List<Map<String, Object>> tunnels() {
        return host.tunnels();
    }

    void exit(String why) {
        if (exit == null) {
            exit = why;
        }
        cut();
    }

    @Nullable
    String exitReason() {
        return exit;
    }

    /** Its session where one is open. */
    @Nullable
    AgentSession open() {
        AgentSession last = session;
        return last == null || last.wire.over().isDone() ? null : last;
    }

    void publish(String container, Object item) {
        AgentSession open = open();
        try {
            if (open != null) {
                open.wire.publish(logbook.topic(container), List.of(item), false);
            }
        } catch (AgentFault e) {
            LOG.debug("A log's item was not sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // What can be watched, and done to it.

    /** Whether it has a session and its start is done. */
    public boolean isUp() {
        return isUp;
    }

    /** How often it was up. */
    public int starts() {
        return starts.get();
    }

    /** Why the process ended itself; null while it has not. */
    public @Nullable String exited() {
        return exit;
    }

    /** The router's number of its session, 0 for none yet. */
    public long sessionNumber() {
        AgentSession open = session;
        return open == null ? 0 : open.number();
    }

    /** The project that it believes to be in. */
    public long project() {
        return file.project();
    }

    /** State of an app that is a release; null when there is none of that name. */
    public @Nullable String state(String app) {
        LocalApp found = apps.named(app);
        return found == null ? null : found.state();
    }

    /** Version of an app that is a release, empty for none. */
    public String version(String app) {
        LocalApp found = apps.named(app);
        return found == null ? "" : found.version();
    }

    /** The last order about an app, as it came. */
    public @Nullable JsonNode order(String app) {
        LocalApp found = apps.named(app);
        return found == null ? null : found.wanted().words();
    }

    /** What was reported of apps, such as {@code hello RUNNING}, in order. */
    public List<String> reports() {
        return host.reports();
    }

    /** What else it did or was told to do, in order. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Shells that are open. */
    public int shells() {
        AgentSession open = session;
        return open == null ? 0 : open.shells().open();
    }

    /** Whether it knows that somebody looks at this log. */
    public boolean isSeen(String container) {
        return logbook.isSeen(container);
    }

    /** A container writes. */
    public void prints(String container, String text) {
        logbook.keep(container, text);
        if (logbook.isSeen(container)) {
            publish(container, text);
        }
    }

    /** From now on this app fails whenever it starts, or no longer does. */
    public void fails(String app, boolean does) {
        host.fails(app, does);
    }

    /** A container ends by itself. */
    public void exits(String app) {
        apps.exits(app);
    }

    /** The line is cut; it dials again. */
    public void cut() {
        AgentSession open = session;
        if (open != null) {
            open.wire.close();
        }
    }

    /** It dials anew and leaves its old socket open, from which pings still come: the real one's bad manners. */
    public void leavesGhost() {
        AgentSession open = session;
        if (open != null) {
            open.wire.abandon();
        }
    }

    /** Calls a procedure in its session, rightly or not. Answers the RESULT; failures are faults. */
    public JsonNode call(String procedure, List<?> args) throws AgentFault, InterruptedException {
        AgentSession open = session;
        if (open == null) {
            throw AgentFault.wire("there is no session");
        }
        return open.wire.call(procedure, args, Map.of(), settings.responseMax());
    }

    /** A heartbeat out of turn. */
    public void beat() throws AgentFault, InterruptedException {
        AgentSession open = session;
        if (open == null) {
            throw AgentFault.wire("there is no session");
        }
        open.status("CONNECTED");
    }

    /** Says goodbye and ends. */
    @Override
    public void close() {
        isClosed = true;
        AgentSession open = session;
        if (open != null) {
            open.wire.goodbye();
            open.wire.close();
        }
    }
}
