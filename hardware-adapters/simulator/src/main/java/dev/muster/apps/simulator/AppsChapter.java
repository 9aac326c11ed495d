package dev.muster.apps.simulator;

import dev.muster.updates.simulator.DemoChapter;
import dev.muster.updates.simulator.OperatorWire;
import dev.muster.updates.simulator.WireFault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The demo's chapter about apps, told through the public HTTP API alone: some robots get agents, a project wants an
 * app, the app's next release follows, and one robot goes its own way. The agents live on after it.
 */
public final class AppsChapter implements DemoChapter {

    /** How many robots get agents, at most. */
    private static final int AGENTS_MAX = 12;

    private static final String APP = "telemetry";
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";
    /** All of them come at once, on a machine that has other things to do. */
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /** Of apps: long enough to be seen. */
    private static final int STEPS_PER_PAUSE = 8;

    private static final Duration TALK_EVERY = Duration.ofSeconds(2);

    private final AgentPlant plant = new AgentPlant(CONNECT_MAX);
    private final List<SimulatedAgent> agents = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    @Override
    public void tell(Stage stage) throws WireFault, InterruptedException {
        OperatorWire operator = stage.operator();
        List<String> robots = operator.get("/api/v1/devices?limit=" + AGENTS_MAX + "&filter=" + stage.fleet())
                .path("items")
                .valueStream()
                .map(each -> each.path("id").asString(""))
                .toList();
        String container = "prod_" + app(operator).path("key").asLong(0) + "_" + APP;
        release(operator, FIRST, "temperature and voltage");
        for (String robot : robots) {
            enrol(stage, robot, container);
        }
        operator.replace("/api/v1/projects/1/apps/" + APP, wish());
        stage.teller()
                .accept(robots.size() + " robots have agents now, and their project wants the app " + APP + " "
                        + FIRST);
        untilAllRun(stage, FIRST, robots.size());
        Thread.sleep(stage.pause());

        release(operator, NEXT, "position as well");
        stage.teller().accept(APP + " " + NEXT + " is out; who follows the newest release gets it");
        untilAllRun(stage, NEXT, robots.size());

        String own = robots.getLast();
        operator.replace("/api/v1/devices/" + own + "/apps/" + APP, Map.of("target", "present"));
        stage.patience().until("/api/v1/devices/" + own + "/apps", answer -> reported(answer)
                .anyMatch(each -> each.path("state").asString("").equals("present")));
        stage.teller()
                .accept(APP + " " + NEXT + " runs wherever it should, but on " + own
                        + ", which says otherwise; logs and shells are on the devices' pages");
    }

    private static JsonNode app(OperatorWire operator) throws WireFault, InterruptedException {
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

    private static void release(OperatorWire operator, String version, String notes)
            throws WireFault, InterruptedException {
        operator.post("/api/v1/apps/" + APP + "/releases", Map.of("version", version, "notes", notes));
    }

    private void enrol(Stage stage, String robot, String container) throws WireFault, InterruptedException {
        JsonNode answer = stage.operator().post("/api/v1/devices/" + robot + "/agent", Map.of());
        DeviceFile file = DeviceFile.read(answer.toString());
        // Its address is the one for devices elsewhere.
        String path = URI.create(file.endpoint()).getPath();
        DeviceFile here = file.at("ws://" + stage.server().getRawAuthority() + path);
        AgentSettings settings = AgentSettings.REAL.withStep(stage.pause().dividedBy(STEPS_PER_PAUSE));
        SimulatedAgent agent = new SimulatedAgent(here, settings, plant).start();
        agents.add(agent);
        if (isClosed) {
            agent.close();
            return;
        }
        AppTalk talk = new AppTalk(agent, APP, container, file.key());
        plant.every(TALK_EVERY, talk::line);
    }

    private static void untilAllRun(Stage stage, String version, int count) throws WireFault, InterruptedException {
        stage.patience()
                .until(
                        "/api/v1/apps/" + APP + "/installations?limit=100",
                        answer -> reported(answer)
                                        .filter(each ->
                                                each.path("state").asString("").equals("running"))
                                        .filter(each -> each.path("version")
                                                .asString("")
                                                .equals(version))
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
