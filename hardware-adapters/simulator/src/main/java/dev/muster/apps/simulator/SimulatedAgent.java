package dev.muster.apps.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A simulated agent: one process of the real one, from its start until it is closed or would have ended itself. What it
 * does can be watched, and it can be made to break its line, to leave a session behind, and to have apps that fail.
 */
public final class SimulatedAgent implements AutoCloseable {

    static final String VERSION = "0.20.20";
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedAgent.class);
    private static final String WRONG_SIGNATURE = "WAMP-CRA client signature is invalid";
    private static final int TAKEN_MAX = 8;
    private static final int MISSED_MAX = 2;

    private final AgentPlant plant;
    private final AgentSettings settings;
    private final AtomicReference<DeviceFile> file;
    private final AgentLogbook logbook;
    private final Map<String, LocalApp> apps = new ConcurrentHashMap<>();
    /** Orders of the last list that are not begun yet. */
    private final Map<String, AppRequest> pending = new ConcurrentHashMap<>();

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, Object>> tunnels = new ConcurrentHashMap<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final LocalApp.Host host = new Host();
    private volatile @Nullable AgentSession session;
    private volatile boolean isUp;
    private volatile @Nullable String exit;
    private volatile boolean isClosed;

    public SimulatedAgent(DeviceFile file, AgentSettings settings, AgentPlant plant) {
        this.file = new AtomicReference<>(file);
        this.settings = settings;
        this.plant = plant;
        this.logbook = new AgentLogbook(file.serial());
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
                AgentSession opened = open();
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
                LOG.debug("{} is not connected", file.get(), e);
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

    private AgentSession open() throws AgentFault, InterruptedException {
        DeviceFile now = file.get();
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
            LOG.debug("{}: {}", file.get(), why);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            beats.cancel(false);
            pings.cancel(false);
        }
    }

    // What its session asks of it.

    DeviceFile file() {
        return file.get();
    }

    AgentLogbook logbook() {
        return logbook;
    }

    void belongs(DeviceFile elsewhere) {
        file.set(elsewhere);
    }

    void noted(String what) {
        notes.add(what);
    }

    Collection<LocalApp> locals() {
        return List.copyOf(apps.values());
    }

    void asked(AppRequest request) {
        LocalApp app = apps.computeIfAbsent(key(request), any -> new LocalApp(host, settings, request));
        app.ask(request);
    }

    private static String key(AppRequest request) {
        return request.stage() + "/" + request.app();
    }

    /** All that should be here. What is not in it goes, whatever it does. */
    void wanted(JsonNode list) throws AgentFault {
        Set<String> told = new HashSet<>();
        List<AppRequest> requests = new ArrayList<>();
        if (list.isArray()) {
            for (JsonNode each : list) {
                AppRequest request = AppRequest.of(each);
                told.add(key(request));
                requests.add(request);
            }
        }
        for (String each : List.copyOf(apps.keySet())) {
            if (!told.contains(each)) {
                apps.remove(each);
                notes.add("wiped " + each);
            }
        }
        for (AppRequest request : requests) {
            if (!request.isDev()) {
                apps.computeIfAbsent(key(request), any -> new LocalApp(host, settings, request));
                pending.put(key(request), request);
            }
        }
    }

    /** Brings what should be here to where it should be. */
    void goOn() {
        for (String each : List.copyOf(pending.keySet())) {
            AppRequest request = pending.remove(each);
            LocalApp app = apps.get(each);
            if (request != null && app != null) {
                app.ask(request);
            }
        }
    }

    List<Map<String, Object>> containers() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (LocalApp app : locals()) {
            if (app.state().equals("RUNNING")) {
                all.add(Map.of("Names", List.of("/" + app.wanted().container()), "State", "running"));
            }
        }
        return all;
    }

    List<Map<String, Object>> tunnels() {
        return List.copyOf(tunnels.values());
    }

    Map<String, Object> stats() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("cpu_count", 4);
        all.put("cpu_usage", 3.5);
        all.put("memory_total", 8_000_000_000L);
        all.put("memory_used", 2_000_000_000L);
        all.put("memory_available", 6_000_000_000L);
        all.put("storage_total", 64_000_000_000L);
        all.put("storage_used", 1_000_000_000L);
        all.put("storage_free", 63_000_000_000L);
        all.put("docker_apps_total", 0);
        all.put("docker_apps_used", 0);
        all.put("docker_apps_free", 0);
        all.put("docker_apps_mounted", false);
        return all;
    }

    Map<String, Object> metadata() {
        return Map.of(
                "os", "linux",
                "arch", settings.architecture(),
                "variant", "",
                "version", VERSION,
                "serialNumber", file.get().serial(),
                "canUpdate", false,
                "OSVersion", "12.5");
    }

    void exit(String why) {
        if (exit == null) {
            exit = why;
        }
        AgentSession open = session;
        if (open != null) {
            open.wire.close();
        }
    }

    @Nullable String exitReason() {
        return exit;
    }

    /** What apps need of the device. */
    private final class Host implements LocalApp.Host {

        @Override
        public void report(LocalApp app, String state, String updateStatus) throws AgentFault, InterruptedException {
            AgentSession open = session;
            AppRequest it = app.wanted();
            reports.add(it.name() + " " + state + (updateStatus.isEmpty() ? "" : " " + updateStatus));
            if (open == null || open.wire.over().isDone()) {
                return;
            }
            Map<String, Object> all = open.identity(false);
            all.put("app_key", it.app());
            all.put("stage", it.stage());
            all.put("state", state);
            all.put("device_to_app_key", 0);
            all.put("requestor_account_key", it.requestor());
            all.put("release_key", app.release());
            all.put("request_update", false);
            all.put("release_build", false);
            all.put("updateStatus", updateStatus);
            open.wire.call("reswarm.containers.update_app_on_device", List.of(all), Map.of(), null);
        }

        @Override
        public void reportPorts(LocalApp app, List<Map<String, Object>> rules)
                throws AgentFault, InterruptedException {
            AgentSession open = session;
            if (open == null || open.wire.over().isDone()) {
                return;
            }
            for (Map<String, Object> rule : rules) {
                expose(open, app, rule);
            }
            Map<String, Object> all = open.identity(false);
            all.remove("serial_number");
            all.put("app_key", app.wanted().app());
            all.put("stage", app.wanted().stage());
            all.put("ports", rules);
            open.wire.call("reswarm.containers.update_app_on_device", List.of(all), Map.of(), null);
            open.wire.publish(
                    "re.mgmt." + file.get().serial() + ".tunnel_state_update/onreload", tunnels(), false);
        }

        private void expose(AgentSession open, LocalApp app, Map<String, Object> rule)
                throws AgentFault, InterruptedException {
            String name = file.get().key() + "-" + app.wanted().name() + "-" + rule.get("port") + "-"
                    + rule.get("protocol");
            if (!Boolean.TRUE.equals(rule.get("active"))) {
                tunnels.remove(name);
                return;
            }
            if (rule.get("protocol").equals("tcp") || rule.get("protocol").equals("udp")) {
                JsonNode answer = open.wire.call(
                        "re.tunnel.expose_port",
                        List.of(Map.of("port", rule.get("remote_port"), "protocol", rule.get("protocol"))),
                        Map.of(),
                        null);
                rule.put("remote_port", answer.path(3).path(0).path("remote_port").asInt());
            }
            tunnels.put(
                    name,
                    Map.of(
                            "status", Map.of("name", name, "status", "running", "remotePort", rule.get("remote_port")),
                            "app_name", app.wanted().name(),
                            "port", rule.get("port"),
                            "active", true,
                            "error", false,
                            "error_message", "",
                            "url", rule.get("protocol") + "://" + name));
        }

        @Override
        public void token(AppRequest request) throws AgentFault, InterruptedException {
            AgentSession open = session;
            if (open == null || open.wire.over().isDone()) {
                throw AgentFault.wire("offline");
            }
            JsonNode answer = open.wire.call(
                    "reswarm.containers.get_registry_token",
                    List.of(Map.of("callerID", request.requestor())),
                    Map.of(),
                    null);
            noted("token " + answer.path(3).path(0).asString(""));
        }

        @Override
        public void says(LocalApp app, String text) {
            publish(app.wanted().container(), Map.of("type", "build", "chunk", text));
        }

        @Override
        public boolean fails(LocalApp app) {
            return failing.contains(app.wanted().name());
        }

        @Override
        public void run(Runnable task) {
            plant.run(task);
        }
    }

    private void publish(String container, Object item) {
        AgentSession open = session;
        try {
            if (open != null && !open.wire.over().isDone()) {
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
        return file.get().project();
    }

    /** State of an app that is a release; null when there is none of that name. */
    public @Nullable String state(String app) {
        LocalApp found = local(app);
        return found == null ? null : found.state();
    }

    /** Version of an app that is a release, empty for none. */
    public String version(String app) {
        LocalApp found = local(app);
        return found == null ? "" : found.version();
    }

    /** The last order about an app, as it came. */
    public @Nullable JsonNode order(String app) {
        LocalApp found = local(app);
        return found == null ? null : found.wanted().words();
    }

    private @Nullable LocalApp local(String name) {
        for (LocalApp each : locals()) {
            if (each.wanted().name().equals(name) && !each.wanted().isDev()) {
                return each;
            }
        }
        return null;
    }

    /** What was reported of apps, such as {@code hello RUNNING}, in order. */
    public List<String> reports() {
        return List.copyOf(reports);
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
        if (does) {
            failing.add(app);
        } else {
            failing.remove(app);
        }
    }

    /** A container ends by itself. */
    public void exits(String app) {
        LocalApp found = local(app);
        if (found != null) {
            found.exits();
        }
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
