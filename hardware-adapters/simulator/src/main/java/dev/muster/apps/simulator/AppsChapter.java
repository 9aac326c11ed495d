package dev.muster.apps.simulator;

import dev.muster.updates.simulator.OperatorWire;
import dev.muster.updates.simulator.WireFault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The demo's chapter about apps, told through the public HTTP API alone: some robots get agents, a project wants an app,
 * the app's next release follows, and one robot goes its own way. The agents live on after it.
 */
public final class AppsChapter implements AutoCloseable {

    /** How many robots get agents, at most. */
    public static final int AGENTS_MAX = 12;

    private static final String APP = "telemetry";
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";
    /** All of them come at once, on a machine that has other things to do. */
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    private static final Duration TALK_EVERY = Duration.ofSeconds(2);

    private final OperatorWire operator;
    private final URI server;
    private final AgentSettings settings;
    private final Consumer<String> teller;
    private final Wait wait;
    private final AgentPlant plant = new AgentPlant(CONNECT_MAX);
    private final List<SimulatedAgent> agents = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    /** Waits until an answer is as wished, and gives up after a while. */
    public interface Wait {

        JsonNode until(String path, Predicate<JsonNode> wished) throws WireFault, InterruptedException;
    }

    /**
     * @param server origin of the server, without a trailing slash
     * @param step how long each step of an app takes
     * @param teller of what happens, a sentence each
     */
    public AppsChapter(OperatorWire operator, URI server, Duration step, Consumer<String> teller, Wait wait) {
        this.operator = operator;
        this.server = server;
        this.settings = AgentSettings.REAL.withStep(step);
        this.teller = teller;
        this.wait = wait;
    }

    /**
     * Tells it to its end.
     *
     * @param filter of the devices of which some get agents
     */
    public void tell(String filter) throws WireFault, InterruptedException {
        List<String> robots = operator
                .get("/api/v1/devices?limit=" + AGENTS_MAX + "&filter=" + filter)
                .path("items")
                .valueStream()
                .map(each -> each.path("id").asString(""))
                .toList();
        String container = "prod_" + app().path("key").asLong(0) + "_" + APP;
        release(FIRST, "temperature and voltage");
        for (String robot : robots) {
            enrol(robot, container);
        }
        operator.replace("/api/v1/projects/1/apps/" + APP, wish());
        teller.accept(robots.size() + " robots have agents now, and their project wants the app " + APP + " " + FIRST);
        untilAllRun(FIRST, robots.size());

        release(NEXT, "position as well");
        teller.accept(APP + " " + NEXT + " is out; who follows the newest release gets it");
        untilAllRun(NEXT, robots.size());

        String own = robots.getLast();
        operator.replace("/api/v1/devices/" + own + "/apps/" + APP, Map.of("target", "present"));
        wait.until("/api/v1/devices/" + own + "/apps", answer -> reported(answer)
                .anyMatch(each -> each.path("state").asString("").equals("present")));
        teller.accept(APP + " " + NEXT + " runs wherever it should; " + own + " has it, but stopped, for it says so");
    }

    private JsonNode app() throws WireFault, InterruptedException {
        return operator.post(
                "/api/v1/apps",
                Map.of(
                        "name",
                        APP,
                        "description",
                        "Measures what a robot feels and shows it on a page of its own",
                        "environmentTemplate",
                        Map.of(
                                "INTERVAL_S",
                                Map.of("label", "Interval", "type", "numeric", "unit", "s", "defaultValue", 2),
                                "UPLOAD_TOKEN",
                                Map.of("label", "Token for uploads", "type", "text", "secret", true)),
                        "ports",
                        List.of(Map.of("name", "web", "port", 8080, "protocol", "http", "main", true))));
    }

    private static Map<String, ?> wish() {
        return Map.of(
                "target",
                "running",
                "environment",
                Map.of("INTERVAL_S", 2),
                "secrets",
                Map.of("UPLOAD_TOKEN", "a token of no worth"));
    }

    private void release(String version, String notes) throws WireFault, InterruptedException {
        operator.post("/api/v1/apps/" + APP + "/releases", Map.of("version", version, "notes", notes));
    }

    private void enrol(String robot, String container) throws WireFault, InterruptedException {
        DeviceFile file = DeviceFile.read(operator.post("/api/v1/devices/" + robot + "/agent", Map.of())
                .toString());
        // Its address is the one for devices elsewhere.
        String path = URI.create(file.endpoint()).getPath();
        SimulatedAgent agent =
                new SimulatedAgent(file.at("ws://" + server.getRawAuthority() + path), settings, plant).start();
        agents.add(agent);
        if (isClosed) {
            agent.close();
            return;
        }
        AppTalk talk = new AppTalk(agent, APP, container, file.key());
        plant.every(TALK_EVERY, talk::line);
    }

    private void untilAllRun(String version, int count) throws WireFault, InterruptedException {
        wait.until(
                "/api/v1/apps/" + APP + "/installations?limit=100",
                answer -> reported(answer)
                                .filter(each -> each.path("state").asString("").equals("running"))
                                .filter(each -> each.path("version").asString("").equals(version))
                                .count()
                        >= count);
    }

    private static Stream<JsonNode> reported(JsonNode answer) {
        return answer.path("items").valueStream().map(each -> each.path("reported"));
    }

    /** Agents end, in the middle of whatever they do. */
    @Override
    public void close() {
        isClosed = true;
        agents.forEach(SimulatedAgent::close);
        plant.close();
    }
}
