package dev.muster.benchmarks;

import dev.muster.updates.simulator.OperatorWire;
import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The server under test with its throw-away data, an administrator's token and a gateway token. */
final class Target implements AutoCloseable {

    private static final int LINES_PER_REQUEST = 2_000;
    /** What is looked at must not be slowed down by looking. */
    private static final long LOOK_EVERY_MS = 50;

    private final BenchSettings settings;
    private final Path folder;
    /** Settings of the server beyond the usual. */
    private final List<String> more;

    private String adminToken = "";
    private Child server;
    private OperatorWire operator;
    private String gatewayToken = "";

    private Target(BenchSettings settings, Path folder, List<String> more) throws IOException {
        this.settings = settings;
        this.folder = folder;
        this.more = more;
        this.server = Child.start(command(true), Child.freePort(), folder.resolve("server.log"));
        this.operator = new OperatorWire(server.uri(), adminToken);
    }

    /**
     * Starts it on empty data, waits until it is ready, and makes a gateway token.
     *
     * @param more settings like {@code --muster.demo=true}
     */
    static Target start(BenchSettings settings, String... more) throws IOException, InterruptedException, WireFault {
        Target target = new Target(settings, Files.createTempDirectory("muster-bench"), List.of(more));
        try {
            target.awaitReady();
            target.gatewayToken = target.operator
                    .put("/api/v1/settings/updates/gateway-token", Map.of())
                    .path("token")
                    .asString("");
            return target;
        } catch (IOException | InterruptedException | WireFault | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    /** Starts it again on the same data without waiting; stop or kill it first. */
    Child restart(boolean cached) throws IOException {
        operator.close();
        server = Child.start(command(cached), Child.freePort(), folder.resolve("server.log"));
        return server;
    }

    /** Waits until the server is ready and takes the administrator's token it has written; answers since its start. */
    Duration awaitReady() throws IOException, InterruptedException {
        Duration ready = server.awaitOk("/readyz");
        adminToken = Files.readString(folder.resolve("admin-token")).trim();
        operator = new OperatorWire(server.uri(), adminToken);
        return ready;
    }

    private List<String> command(boolean cached) {
        List<String> words = new ArrayList<>();
        words.add(settings.java().toString());
        words.addAll(settings.jvm());
        Path cache = settings.app().resolve("muster.aot");
        if (cached && Files.exists(cache)) {
            words.add("-XX:AOTCache=" + cache);
        }
        words.addAll(List.of("-jar", settings.app().resolve("muster-server.jar").toString()));
        words.add("--muster.data=" + folder.resolve("data"));
        words.add("--muster.admin-token-file=" + folder.resolve("admin-token"));
        words.addAll(more);
        return words;
    }

    Child server() {
        return server;
    }

    OperatorWire operator() {
        return operator;
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Value of a device's Authorization header. */
    String gateway() {
        return "GatewayToken " + gatewayToken;
    }

    /** Value of an operator's Authorization header. */
    String bearer() {
        return "Bearer " + adminToken;
    }

    static String device(int number) {
        return "bench-%06d".formatted(number);
    }

    static String controller(int number) {
        return "/DEFAULT/controller/v1/" + device(number);
    }

    /** Creates devices 0 to n-1, as an operator's import does. */
    void create(int devices) throws WireFault, InterruptedException {
        for (int from = 0; from < devices; from += LINES_PER_REQUEST) {
            StringBuilder lines = new StringBuilder();
            for (int i = from; i < Math.min(devices, from + LINES_PER_REQUEST); i++) {
                lines.append("{\"id\":\"%s\",\"group\":\"site-%d\",\"metadata\":{\"feed\":\"%s\"}}\n"
                        .formatted(device(i), i % 50, i % 10 == 0 ? "qa" : "stable"));
            }
            String answer = operator.lines("/api/v1/devices:bulk", lines.toString());
            if (answer.contains("\"refused\"")) {
                throw new WireFault(
                        200,
                        "a device was refused: " + answer.lines().findFirst().orElse(""));
            }
        }
    }

    /** First contact and attributes of devices 0 to n-1, so that their polls have no links left. */
    void introduce(int devices) throws IOException {
        List<byte[]> polls = new ArrayList<>();
        List<byte[]> attributes = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            polls.add(Requests.get(controller(i), gateway()));
            attributes.add(Requests.put(controller(i) + "/configData", gateway(), "{\"data\":{\"site\":\"bench\"}}"));
        }
        all(polls);
        all(attributes);
    }

    /** The number of the action each device is working on, devices 0 to n-1 in turn. */
    List<Integer> actions(int devices) throws WireFault, InterruptedException {
        Map<String, Integer> numbers = new HashMap<>();
        String after = "";
        do {
            JsonNode page = operator.get("/api/v1/devices?limit=1000" + after);
            page.path("items")
                    .forEach(device -> numbers.put(
                            device.path("id").asString(), device.path("action").asInt()));
            after = page.path("next").asString("");
            after = after.isEmpty() ? after : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        } while (!after.isEmpty());
        return IntStream.range(0, devices)
                .mapToObj(i -> numbers.getOrDefault(device(i), 0))
                .toList();
    }

    /** A figure of the server's own metrics that has no labels. */
    double metric(String name) throws IOException, InterruptedException {
        return server.text("/actuator/prometheus", bearer())
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IOException("the server has no metric " + name));
    }

    /** Uploads a small release, plans a rollout of it over all devices and waits until that is ready; answers its path. */
    String plannedRollout() throws WireFault, InterruptedException {
        Map<String, ?> group = Map.of("name", "All", "percent", 100, "successPercent", 100, "errorPercent", 100);
        return planned(
                Map.of("name", "Everybody", "releaseId", release(), "filter", "id==bench-*", "groups", List.of(group)));
    }

    /** Uploads a small release that no device has; answers its id. */
    String release() throws WireFault, InterruptedException {
        String version = "1." + Math.floorMod(UUID.randomUUID().hashCode(), 1_000_000_000);
        byte[] image = ("image of " + version).repeat(1000).getBytes(StandardCharsets.UTF_8);
        String sha256 = operator.upload("/api/v1/artifacts?filename=image.bin", image)
                .path("sha256")
                .asString();
        Map<String, ?> module = Map.of(
                "type",
                "os",
                "name",
                "bench-os",
                "version",
                version,
                "artifacts",
                List.of(Map.of("sha256", sha256, "fileName", "image.bin")));
        return operator.post(
                        "/api/v1/releases", Map.of("name", "bench-os", "version", version, "modules", List.of(module)))
                .path("id")
                .asString();
    }

    /** Plans such a rollout and waits until it is ready; answers its path. */
    String planned(Map<String, ?> rollout) throws WireFault, InterruptedException {
        String id = operator.post("/api/v1/rollouts", rollout).path("id").asString();
        String path = "/api/v1/rollouts/" + id;
        until(path, now -> isIn("ready", now));
        return path;
    }

    /** Starts a planned rollout and waits until every member is offered the release; answers how long that took. */
    Duration offerAll(String rollout) throws WireFault, InterruptedException {
        long began = System.nanoTime();
        operator.post(rollout + "/start", Map.of());
        until(rollout, now -> {
            int size = sum(now, "size");
            return size > 0 && sum(now, "offered") + sum(now, "skipped") >= size;
        });
        return Duration.ofNanos(System.nanoTime() - began);
    }

    static boolean isIn(String state, JsonNode rollout) {
        return rollout.path("state").asString("").equals(state);
    }

    /** A counter of a rollout over all its groups. */
    static int sum(JsonNode rollout, String counter) {
        int sum = 0;
        for (JsonNode group : rollout.path("groups")) {
            sum += group.path(counter).asInt();
        }
        return sum;
    }

    JsonNode until(String path, Predicate<JsonNode> wished) throws WireFault, InterruptedException {
        long began = System.nanoTime();
        while (true) {
            JsonNode now = operator.get(path);
            if (wished.test(now)) {
                return now;
            }
            if (System.nanoTime() - began > BenchSettings.PATIENCE.toNanos()) {
                throw new WireFault(200, "waited in vain at " + path + ": " + now);
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    /** Sends each request once and demands that all succeed. */
    void all(List<byte[]> requests) throws IOException {
        LoadResult result = LoadClient.run(server.port(), 32, BenchSettings.PATIENCE, Requests.once(requests));
        if (result.errors() > 0 || result.answered() != requests.size()) {
            throw new IOException("preparing failed; answers by status: " + result.statuses());
        }
    }

    /** A warm-up until the throughput is steady, and one measured round. */
    Row measure(String name, int inFlight, Supplier<byte @Nullable []> requests) throws IOException {
        WarmUp warm = WarmUp.underLoad(server, inFlight, requests);
        long cpu = Proc.cpuNanos(server.pid());
        LoadResult result = LoadClient.run(server.port(), inFlight, settings.round(), requests);
        return Row.of(name, result, Proc.cpuNanos(server.pid()) - cpu).noted(warm.words());
    }

    /** The same with operations of several requests. */
    Row measure(String name, int inFlight, Operation operation) throws IOException {
        WarmUp warm =
                WarmUp.untilSteady(server.pid(), length -> LoadClient.run(server.port(), inFlight, length, operation)
                        .perSecond());
        long cpu = Proc.cpuNanos(server.pid());
        LoadResult result = LoadClient.run(server.port(), inFlight, settings.round(), operation);
        return Row.of(name, result, Proc.cpuNanos(server.pid()) - cpu).noted(warm.words());
    }

    @Override
    public void close() {
        operator.close();
        server.close();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("could not remove " + folder + ": " + e);
        }
    }
}
