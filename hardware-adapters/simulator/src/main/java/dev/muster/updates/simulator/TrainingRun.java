package dev.muster.updates.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server is asked while a JVM watches it to learn what is used often (JEP 514, JEP 515): for some seconds a small
 * fleet lives quickly, and a few operators register, look, listen and roll out, all over real HTTP. What it leaves
 * behind is of no use.
 */
public final class TrainingRun {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

    private static final int DEVICES = 150;
    private static final SimulatorSettings.Tempo QUICK = new SimulatorSettings.Tempo(
            Duration.ofMillis(40), Duration.ofSeconds(1), Duration.ofMillis(2), Duration.ofMillis(10));
    private static final SimulatorSettings.Troubles TROUBLES = new SimulatorSettings.Troubles(Map.of(), 0.02, 0.1, 0);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int REGISTRARS = 6;
    private static final int LOOKERS = 2;
    private static final int BULK_EVERY = 40;
    private static final int BULK_LINES = 200;
    private static final int PAGES_TIMES = 3;

    private static final List<String> PAGES = List.of(
            "/", "/docs/index.html", "/readyz", "/api/v1/setup", "/api/v1/openapi.json", "/actuator/prometheus");

    /** Asked again and again; a filter stands in its encoded form. */
    private static final List<String> QUESTIONS = List.of(
            "/api/v1/devices",
            "/api/v1/devices?limit=100&filter=group%3D%3Dhall-3",
            "/api/v1/devices?limit=100&filter=attribute.site%3D%3Dlyon%3Bupdatestatus%3D%3Din-sync",
            "/api/v1/devices?limit=20&q=robot&count=true",
            "/api/v1/devices/robot-00001",
            "/api/v1/devices/robot-00001/timeline",
            "/api/v1/devices/robot-00001/actions",
            "/api/v1/fleet/summary",
            "/api/v1/releases",
            "/api/v1/rollouts",
            "/api/v1/audit",
            "/api/v1/events/feed",
            "/api/v1/projections");

    private final URI server;
    private final String adminToken;
    private final Duration length;
    private final LongAdder deeds = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private boolean heard;

    /**
     * @param server origin without a trailing slash
     * @param adminToken bearer token of an administrator
     * @param length how long the load lasts
     */
    public TrainingRun(URI server, String adminToken, Duration length) {
        this.server = server;
        this.adminToken = adminToken;
        this.length = length;
    }

    /** Blocks for that long; false when something went wrong, or when there are devices, whom it would disturb. */
    public boolean run() {
        try (OperatorWire operator = wire()) {
            if (operator.get("/api/v1/fleet/summary").path("devices").asInt() > 0) {
                LOG.error("training: there are devices already; it wants data of its own");
                return false;
            }
            String gatewayToken = operator.put("/api/v1/settings/updates/gateway-token", Map.of())
                    .path("token")
                    .asString("");
            for (String page : PAGES) {
                for (int i = 0; i < PAGES_TIMES; i++) {
                    operator.text(page);
                }
            }
            live(gatewayToken);
        } catch (WireFault | RuntimeException e) {
            fault(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return heard && deeds.sum() > 0 && faults.sum() == 0;
    }

    private void live(String gatewayToken) throws InterruptedException {
        SimulatorSettings settings = SimulatorSettings.lively(server, gatewayToken, DEVICES)
                .with(QUICK)
                .with(TROUBLES);
        try (FleetSimulator fleet = new FleetSimulator(settings);
                OperatorWire writer = wire();
                OperatorWire reader = wire();
                OperatorWire listener = wire();
                ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor()) {
            fleet.start();
            operators.execute(() -> listen(listener));
            operators.execute(() -> again(turn -> rollOut(desk(writer), turn)));
            for (int i = 0; i < REGISTRARS; i++) {
                String prefix = "trained-" + i + "-";
                operators.execute(() -> again(turn -> register(writer, prefix + turn, turn)));
            }
            for (int i = 0; i < LOOKERS; i++) {
                operators.execute(() -> again(turn -> look(reader, turn)));
            }
            Thread.sleep(length);
            operators.shutdownNow();
            SimulatorStatistics devices = fleet.statistics();
            LOG.info(
                    "training: {} polls, {} installations, {} deeds of operators, {} faults",
                    devices.polls(),
                    devices.succeeded() + devices.failed(),
                    deeds.sum(),
                    faults.sum());
            heard = devices.polls() > 0;
        }
    }

    /** Something that operators do; the number grows with each turn. */
    private interface Deed {
        void at(int turn) throws WireFault, InterruptedException;
    }

    /** Does it until interrupted, and over faults, which are counted. */
    private void again(Deed deed) {
        try {
            for (int turn = 0; !Thread.currentThread().isInterrupted(); turn++) {
                try {
                    deed.at(turn);
                    deeds.increment();
                } catch (WireFault | RuntimeException e) {
                    fault(e);
                    Thread.sleep(LOOK_EVERY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void register(OperatorWire operator, String id, int turn) throws WireFault, InterruptedException {
        String group = "hall-" + turn % 10;
        operator.post("/api/v1/devices", Map.of("id", id, "group", group, "metadata", Map.of("feed", "stable")));
        operator.get("/api/v1/devices/" + id);
        if (turn % BULK_EVERY == 0) {
            StringBuilder lines = new StringBuilder();
            IntStream.range(0, BULK_LINES)
                    .forEach(line -> lines.append(
                            "{\"id\":\"%s-%d\",\"group\":\"%s\",\"tags\":[\"bulk\"]}\n".formatted(id, line, group)));
            operator.lines("/api/v1/devices:bulk", lines.toString());
        }
    }

    private static void look(OperatorWire operator, int turn) throws WireFault, InterruptedException {
        if (turn == 0) {
            desk(operator)
                    .until(
                            "/api/v1/devices?filter=id%3D%3Drobot-00001",
                            page -> page.path("items").size() == 1);
        }
        operator.get(QUESTIONS.get(turn % QUESTIONS.size()));
    }

    private static void rollOut(RolloutDesk desk, int turn) throws WireFault, InterruptedException {
        String version = "1.1." + turn;
        String release = desk.upload(version, "trained");
        desk.end(desk.start(
                "Robot OS " + version,
                release,
                List.of(RolloutDesk.group("Canaries", 10), RolloutDesk.group("Everyone", 90))));
    }

    private void listen(OperatorWire operator) {
        try (Stream<String> lines = operator.live("/api/v1/events")) {
            lines.forEach(line -> {});
        } catch (WireFault e) {
            fault(e);
        } catch (UncheckedIOException | InterruptedException e) {
            // This is how it ends: in the middle of a stream that has no end.
        }
    }

    private void fault(Exception e) {
        faults.increment();
        LOG.warn("training: {}", e.getMessage() == null ? e.toString() : e.getMessage());
    }

    private static RolloutDesk desk(OperatorWire operator) {
        return new RolloutDesk(operator, Pace.REAL, LOOK_EVERY, Duration.ofMinutes(1));
    }

    private OperatorWire wire() {
        return new OperatorWire(server, adminToken);
    }
}
