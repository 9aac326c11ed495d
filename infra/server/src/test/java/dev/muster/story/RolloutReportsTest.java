package dev.muster.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people read of a rollout in which a device failed with words that could do harm, on the whole server. */
class RolloutReportsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String WORDS = "=1+1 <script>alert(\\\"x\\\")</script> at sector 4711";

    @TempDir
    static Path dir;

    private static TestServer server;
    private static String gateway;
    private static String rollout;

    @BeforeAll
    static void aRolloutWithAFailure() throws IOException {
        server = TestServer.start();
        gateway = server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                .path("token")
                .asString();
        for (int i = 0; i < 3; i++) {
            server.ok("POST", "/api/v1/devices", Map.of("id", "d" + i, "name", "robot, number \"" + i + "\""));
        }
        rollout = server.rollout(Map.of(
                "name",
                "spring <b>",
                "releaseId",
                release(),
                "filter",
                "id==d*",
                "groups",
                List.of(Map.of("name", "all", "percent", 100, "errorPercent", 90))));
        await().atMost(PATIENCE).until(() -> figures().path("offered").asInt() == 3);
        report("d0", "success", "done");
        report("d1", "failure", WORDS);
        await().atMost(PATIENCE)
                .until(() -> figures().path("failed").asInt() == 1
                        && figures().path("succeeded").asInt() == 1);
        Positions positions = server.bean(Positions.class);
        positions.viewed(positions.committed(), PATIENCE).block(PATIENCE);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static JsonNode figures() {
        return server.get("/api/v1/rollouts/" + rollout).path("groups").get(0);
    }

    private static String release() throws IOException {
        Path swu = SwuFile.make(dir, "1.0.0", "1.0", 1000, dir.resolve("x"));
        String sha = server.ok(
                        "POST",
                        "/api/v1/artifacts?filename=f.swu",
                        Files.readAllBytes(swu),
                        "Content-Type",
                        "application/octet-stream")
                .path("sha256")
                .asString();
        Map<String, Object> module = Map.of(
                "type", "os",
                "name", "os",
                "version", "1.0.0",
                "compatibility", List.of(),
                "artifacts", List.of(Map.of("sha256", sha, "fileName", "f.swu")));
        return server.ok(
                        "POST",
                        "/api/v1/releases",
                        Map.of("name", "os", "version", "1.0.0", "modules", List.of(module)))
                .path("id")
                .asString();
    }

    private static void report(String device, String finished, String words) {
        String poll = ddi("GET", device, null);
        String path = JSON.readTree(poll)
                .path("_links")
                .path("deploymentBase")
                .path("href")
                .asString();
        String action = path.substring(path.indexOf(device), path.indexOf('?'));
        ddi(
                "POST",
                action + "/feedback",
                "{\"status\":{\"execution\":\"closed\",\"result\":{\"finished\":\"" + finished + "\"},\"details\":[\""
                        + words + "\"]}}");
    }

    private static String ddi(String method, String path, String body) {
        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.baseUrl() + "/default/controller/v1/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "GatewayToken " + gateway)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = TestServer.exchange(request.build());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    @Test
    void theTableNamesEveryDeviceOnceAndHoldsNoFormula() {
        HttpResponse<String> answer = server.send("GET", "/api/v1/rollouts/" + rollout + "/report.csv", null);
        List<List<String>> rows = parsed(answer.body());

        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/csv");
        assertThat(rows).hasSize(4);
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSize(12));
        assertThat(rows.get(1).subList(0, 6))
                .containsExactly("d0", "robot, number \"0\"", "0", "all", "succeeded", "1");
        assertThat(rows.get(2).get(4)).isEqualTo("failed");
        assertThat(rows.get(2).getLast()).isEqualTo("'=1+1 <script>alert(\"x\")</script> at sector 4711");
    }

    /** RFC 4180. */
    private static List<List<String>> parsed(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted) {
                boolean escaped = c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"';
                if (escaped) {
                    cell.append(csv.charAt(++i));
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        return rows;
    }

    @Test
    void thePageShowsWhateverWasWrittenAsText() {
        HttpResponse<String> answer = server.send("GET", "/api/v1/rollouts/" + rollout + "/report.html", null);

        assertThat(answer.body())
                .contains("spring &lt;b&gt;")
                .contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;")
                .doesNotContain("<script")
                .contains("<svg")
                .contains("Started")
                .contains("Group all started");
        assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'");
    }

    @Test
    void aReasonLeadsToItsDevices() {
        JsonNode reason =
                server.get("/api/v1/rollouts/" + rollout).path("reasons").get(0);
        JsonNode devices = server.get("/api/v1/rollouts/" + rollout + "/members?status=failed&reason="
                        + reason.path("key").asString())
                .path("items");

        assertThat(reason.path("count").asInt()).isEqualTo(1);
        assertThat(devices.size()).isEqualTo(1);
        assertThat(devices.get(0).path("id").asString()).isEqualTo("d1");
    }

    @Test
    void eachDeviceIsToldWhy() {
        JsonNode waiting = server.get("/api/v1/devices/d2/why");
        assertThat(waiting.path("summary").asString()).startsWith("It is offered os 1.0.0.");
        assertThat(waiting.toString()).contains("it is in group 'all' and was offered the release");
        assertThat(server.get("/api/v1/devices/d1/why").toString()).contains("and has failed");
        server.ok("POST", "/api/v1/devices", Map.of("id", "x9"));
        await().atMost(PATIENCE)
                .until(() -> server.send("GET", "/api/v1/devices/x9", null).statusCode() == 200);
        assertThat(server.get("/api/v1/devices/x9/why").toString()).contains("id==d* is not so: its id is x9");
    }

    @Test
    void prometheusTakesTheFigures() throws Exception {
        await().atMost(PATIENCE).until(() -> metrics().contains("muster_rollout_devices{group=\"1 all\""));
        assertThat(metrics()).contains("muster_rollout_state{").contains("status=\"failed\"} 1");
        assumeTrue(
                Files.isExecutable(Path.of(Prometheus.PROMTOOL)),
                "SKIPPED: no promtool in /usr/bin; install Debian's package prometheus");
        Process promtool = new ProcessBuilder(Prometheus.PROMTOOL, "check", "metrics")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("promtool.txt").toFile())
                .start();
        try (OutputStream figures = promtool.getOutputStream()) {
            for (String line : metrics().split("\n")) {
                if (line.contains("muster_rollout")) {
                    figures.write((line + "\n").getBytes(UTF_8));
                }
            }
        }
        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue())
                .as(Files.readString(dir.resolve("promtool.txt")))
                .isZero();
    }

    private static String metrics() {
        return server.send("GET", "/actuator/prometheus", null).body();
    }
}
