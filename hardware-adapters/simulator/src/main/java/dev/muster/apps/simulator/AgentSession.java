package dev.muster.apps.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One session of a simulated agent: its start in the order of the real one (contract C.5), and what it says after. */
final class AgentSession {

    private static final Duration STATUS_MAX = Duration.ofSeconds(10);

    private final SimulatedAgent agent;
    private final AgentSettings settings;
    final WampClient wire;
    private final DeviceFile file;
    private final long number;
    private final AgentShells shells;

    AgentSession(SimulatedAgent agent, AgentSettings settings, WampClient wire, DeviceFile file, long number) {
        this.agent = agent;
        this.settings = settings;
        this.wire = wire;
        this.file = file;
        this.number = number;
        this.shells = new AgentShells(file.serial(), wire);
    }

    AgentShells shells() {
        return shells;
    }

    long number() {
        return number;
    }

    /** Why a session ended before it was up. */
    enum Start {
        UP,
        /** Somebody answers for this device already. */
        TAKEN,
        /** The device belongs to another project: come back as of that. */
        MOVED,
        /** There is no container engine; what follows has to wait for it. */
        WAITS,
        /** The process ends. */
        EXIT
    }

    /** @param isFirst whether this process was never up before */
    Start begin(boolean isFirst) throws AgentFault, InterruptedException {
        String own = "re.mgmt." + file.serial() + ".";
        try {
            wire.register(
                    own + "wamp_connection_established", false, (details, args, kwargs) -> Yielded.of("Hello :-)"));
        } catch (AgentFault e) {
            if (e.uri().equals("wamp.error.procedure_already_exists")) {
                return Start.TAKEN;
            }
        }
        tolerated(() -> wire.subscribe("reswarm.device.%d.list/ondestroy", (args, kwargs) -> agent.exit("destroyed")));
        try {
            wire.call(
                    "wamp.session.add_testament",
                    List.of("reswarm.api.testament_device", List.of(testament()), Map.of()),
                    Map.of(),
                    STATUS_MAX);
        } catch (AgentFault e) {
            if (isFirst) {
                agent.exit("no testament: " + e.getMessage());
                return Start.EXIT;
            }
        }
        if (isFirst) {
            wire.subscribe(
                    "wamp.registration.on_unregister",
                    (args, kwargs) -> shells.unregistered(args.path(1).asLong(0)));
        }
        if (isElsewhere()) {
            wire.goodbye();
            return Start.MOVED;
        }
        tolerated(() -> wire.call("reswarm.devices.get_app_cred_key", List.of(), Map.of(), null));
        tolerated(() -> status("CONFIGURING"));
        for (Map.Entry<String, CallHandler> each :
                new AgentProcedures(agent, this).all().entrySet()) {
            wire.register(own + each.getKey(), true, each.getValue());
        }
        tolerated(() -> wire.call(
                "reswarm.devices.update_device_architecture",
                List.of(AgentFacts.system(file, settings)),
                Map.of(),
                null));
        looks();
        return settings.hasDocker() ? sync() : Start.WAITS;
    }

    /** Asks where the device belongs; true when that is elsewhere. */
    private boolean isElsewhere() throws AgentFault, InterruptedException {
        JsonNode answer;
        try {
            answer = wire.call(
                    "reswarm.devices.read_device_metadata", List.of(Map.of("device_key", file.key())), Map.of(), null);
        } catch (AgentFault e) {
            return false;
        }
        JsonNode told = argument(answer, "read_device_metadata");
        long project = told.path("swarm_key").asLong(file.project());
        agent.belongs(file.in(project, told.path("device_name").asString(file.name())));
        return project != file.project();
    }

    /** An answer without an argument where there must be one ends the real process. */
    private JsonNode argument(JsonNode answer, String procedure) throws AgentFault {
        if (answer.path(3).path(0).isMissingNode()) {
            agent.exit("panic: " + procedure + " was answered without arguments");
            throw AgentFault.wire("panic");
        }
        return answer.path(3).path(0);
    }

    private void looks() throws AgentFault, InterruptedException {
        for (LocalApp app : agent.apps().all()) {
            String container = app.wanted().container();
            JsonNode answer =
                    wire.call("wamp.subscription.match", List.of(agent.logbook().topic(container)), Map.of(), null);
            JsonNode found = answer.path(3).path(0);
            if (found.isArray()) {
                List<Long> ids = new ArrayList<>();
                found.forEach(each -> ids.add(each.asLong(0)));
                agent.logbook().found(container, ids);
            }
        }
        wire.subscribe("wamp.subscription.on_create", (args, kwargs) -> {
            JsonNode it = args.path(1);
            agent.logbook()
                    .created(
                            it.path("id").asLong(0),
                            it.path("uri").asString(""),
                            it.path("match").asString(""));
        });
        wire.subscribe("wamp.subscription.on_delete", (args, kwargs) -> agent.logbook()
                .deleted(args.path(1).asLong(0)));
    }

    /** What follows once there is a container engine: what should be here, and how it is. */
    private Start sync() throws AgentFault, InterruptedException {
        try {
            JsonNode answer = wire.call(
                    "reswarm.containers.get_requested_app_states",
                    List.of(Map.of("device_key", file.key())),
                    Map.of(),
                    null);
            agent.apps().wanted(argument(answer, "get_requested_app_states"));
        } catch (AgentFault e) {
            if (agent.exitReason() != null) {
                return Start.EXIT;
            }
            // Without an answer everything stays as it is.
        }
        for (LocalApp app : agent.apps().all()) {
            tolerated(app::again);
        }
        agent.apps().goOn();
        try {
            status("CONNECTED");
        } catch (AgentFault e) {
            if (!e.uri().equals("wire")) {
                agent.exit("the last status was refused: " + e.getMessage());
                return Start.EXIT;
            }
            throw e;
        }
        return Start.UP;
    }

    void status(String word) throws AgentFault, InterruptedException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("swarm_key", file.project());
        all.put("device_key", file.key());
        all.put("status", word);
        all.put("wamp_session_id", number);
        all.put("tunnel_capable", true);
        all.put("stats", AgentFacts.stats());
        wire.call("reswarm.devices.update_device_status", List.of(all), Map.of(), STATUS_MAX);
    }

    boolean may(String privilege, long account) throws AgentFault, InterruptedException {
        Map<String, Object> question = Map.of(
                "privilege",
                privilege,
                "entity",
                "DEVICE",
                "entity_key",
                file.key(),
                "requestor_account_key",
                account,
                "swarm_key",
                file.project());
        JsonNode answer = wire.call("reswarm.devices.check_privilege", List.of(question), Map.of(), STATUS_MAX);
        return argument(answer, "check_privilege").asBoolean(false);
    }

    /** Who it is, as its reports begin. */
    Map<String, Object> identity() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("swarm_key", file.project());
        all.put("device_key", file.key());
        all.put("serial_number", file.serial());
        return all;
    }

    private Map<String, Object> testament() {
        Map<String, Object> all = identity();
        all.put("wamp_session_id", number);
        return all;
    }

    private interface Try {
        void go() throws AgentFault, InterruptedException;
    }

    /** What the real one only logs. A connection that is over is none of that. */
    private void tolerated(Try what) throws AgentFault, InterruptedException {
        try {
            what.go();
        } catch (AgentFault e) {
            if (wire.over().isDone()) {
                throw e;
            }
        }
    }
}
