package dev.muster.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.muster.server.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real Prometheus finds devices and their alert rules, with the two files of the manual's page as they stand. */
class PrometheusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PAGE = Path.of("../docs/how-to/watch-devices-with-prometheus.md");
    private static final String RULES = "prometheus-rules";
    private static final String UP = """
            groups:
            - name: reach_%%juju_device_uuid%%
              rules:
              - alert: Reached
                expr: up{device_instance="%%juju_device_uuid%%"} == 1
                labels: {severity: info, robot: "%%juju_device_uuid%%"}
                annotations:
                  summary: "{{ $labels.device_instance }} of {{ $labels.group }} is up"
            """;

    private TestServer server;
    private HttpServer exporter;

    @TempDir
    Path dir;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                Prometheus.isHere(),
                "SKIPPED: no prometheus and promtool in /usr/bin; install Debian's package prometheus");
        server = TestServer.start();
        exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/metrics", exchange -> {
            byte[] metrics = "battery_ratio 0.5\n".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, metrics.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(metrics);
            }
        });
        exporter.start();
        Files.writeString(dir.resolve("token"), token());
        Files.writeString(dir.resolve("header"), "Authorization: Bearer " + token() + "\n");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        if (exporter != null) {
            exporter.stop(0);
        }
    }

    @Test
    void aDeviceThatEnrolsIsScrapedAndHasItsAlertWithoutAnybodysHelp() throws Exception {
        published("reach", UP);
        enrolled("r1", "robot-1", "reach");
        try (Prometheus prometheus = Prometheus.start(dir, configuration())) {
            assertThat(fetched(prometheus.url())).isEmpty();
            await().atMost(PATIENCE)
                    .until(() ->
                            prometheus.target("r1").path("health").asString("").equals("up"));
            await().atMost(PATIENCE).until(() -> firing(prometheus, "robot-1"));

            long enrolledAt = System.nanoTime();
            enrolled("r2", "robot two", "reach");
            await().atMost(PATIENCE).until(() -> prometheus.target("r2").isObject());
            assertThat(Duration.ofNanos(System.nanoTime() - enrolledAt))
                    .as("one refresh, and Prometheus hands targets on every five seconds")
                    .isLessThan(Duration.ofSeconds(8));
            JsonNode labels = prometheus.target("r2").path("labels");
            assertThat(labels.path("device_instance").asString()).isEqualTo("robot two");
            assertThat(labels.path("group").asString()).isEqualTo("hall-a");
            assertThat(labels.path("instance").asString()).isEqualTo("127.0.0.1:" + exporterPort());
            assertThat(fetched(prometheus.url())).isEmpty();
            JsonNode group = prometheus.group("reach/robot two/reach_robot two");
            assertThat(group.path("rules").get(0).path("query").asString())
                    .isEqualTo("up{device_instance=\"robot two\"} == 1");
            await().atMost(PATIENCE).until(() -> firing(prometheus, "robot two"));
            assertThat(prometheus
                            .query("battery_ratio{device=\"r2\"}")
                            .get(0)
                            .path("value")
                            .get(1)
                            .asString())
                    .isEqualTo("0.5");

            server.ok("DELETE", "/api/v1/devices/r1", null, "If-Match", "*");
            await().atMost(PATIENCE).until(() -> prometheus.target("r1").isMissingNode());
            await().atMost(PATIENCE)
                    .until(() -> fetched(prometheus.url()).isEmpty()
                            && prometheus.group("reach/robot-1/reach_robot-1").isMissingNode());
            assertThat(prometheus.group("reach/robot two/reach_robot two").isObject())
                    .isTrue();
        }
    }

    @Test
    void onlyFittingDevicesAreTargetsAndNobodyWithoutATokenSeesThem() throws Exception {
        enrolled("r1", "robot-1");
        server.ok("POST", "/api/v1/devices", Map.of("id", "elsewhere", "group", "outside"));
        server.ok("PUT", "/api/v1/devices/elsewhere/enrolment", Map.of("uid", "e", "address", "127.0.0.1"));
        try (Prometheus prometheus = Prometheus.start(dir, configuration())) {
            await().atMost(PATIENCE).until(() -> prometheus.target("r1").isObject());
            assertThat(prometheus.targets()).hasSize(1);
        }
        Files.writeString(dir.resolve("token"), "mst_wrong");
        try (Prometheus prometheus = Prometheus.start(dir, configuration())) {
            await().atMost(PATIENCE).until(() -> prometheus.log().contains("401"));
            assertThat(prometheus.targets()).isEmpty();
        }
    }

    @Test
    void rulesThatPrometheusCannotLoadHarmNoOthers() throws Exception {
        published("reach", UP);
        enrolled("r1", "robot-1", "reach");
        try (Prometheus prometheus = Prometheus.start(dir, configuration())) {
            published("broken", "groups:\n  name: g_%%juju_device_uuid%%\n  rules: []\n");
            enrolled("r2", "robot-2", "reach", "broken");
            assertThat(fetched(prometheus.url()))
                    .as("the structure is wrong: left out")
                    .isEmpty();
            assertThat(Files.readString(dir.resolve("rules.yml"))).contains("# left out: \"broken\"");
            assertThat(prometheus.group("reach/robot-2/reach_robot-2").isObject())
                    .isTrue();

            published("wrong", "groups:\n- name: w\n  rules:\n  - {alert: W, expr: 'sum('}\n");
            assertThat(fetched(prometheus.url()))
                    .as("the expression is wrong: promtool names the group")
                    .contains("wrong/w");
            assertThat(prometheus.group("reach/robot-2/reach_robot-2").isObject())
                    .as("the rules of before stay")
                    .isTrue();

            removed("wrong");
            assertThat(fetched(prometheus.url())).isEmpty();
        }
    }

    @Test
    void rulesThatPrometheusWasNotToldOfAreToldTheNextTime() throws Exception {
        published("reach", UP);
        enrolled("r1", "robot-1", "reach");
        try (Prometheus prometheus = Prometheus.start(dir, configuration())) {
            assertThat(fetched("http://127.0.0.1:" + Prometheus.freePort()))
                    .as("nobody is there who could be told")
                    .isNotEmpty();
            assertThat(prometheus.group("reach/robot-1/reach_robot-1").isMissingNode())
                    .isTrue();

            assertThat(fetched(prometheus.url())).isEmpty();
            assertThat(prometheus.group("reach/robot-1/reach_robot-1").isObject())
                    .isTrue();
        }
    }

    @Test
    void promtoolAcceptsEveryRenderedFile() throws Exception {
        Map<String, String> files = Map.of(
                "reach",
                UP,
                "static",
                "groups:\n- name: all\n  interval: 30s\n  rules:\n  - {record: 'fleet:up:count', expr: count(up)}\n",
                "caf\u00e9",
                "groups:\n- name: 'it''s \"%%juju_device_uuid%%\"'\n  rules: []\n- name: second\n",
                "anchors",
                """
                groups:
                - name: a
                  rules:
                  - &one {alert: A_%%juju_device_uuid%%, expr: up == 0, labels: &l {severity: page}}
                  - {<<: *one, alert: B, expr: 'absent(up{device="%%juju_device_uuid%%"})'}
                - name: b
                  rules:
                  - {record: 'b:up', expr: up, labels: *l}
                """);
        files.forEach(this::published);
        String[] all = files.keySet().toArray(String[]::new);
        List<String> uids = List.of("robot-1", "robot two", "017", "no", "r\u00f6b", "1.5e3");
        for (int i = 0; i < uids.size(); i++) {
            enrolled("d" + i, uids.get(i), all);
        }

        Path file = dir.resolve("one.yml");
        for (String document : files.keySet()) {
            for (int i = 0; i < uids.size(); i++) {
                Files.writeString(
                        file, text("/api/v1/documents/" + RULES + "/" + encoded(document) + "/preview?device=d" + i));
                assertThat(Prometheus.faultsOf(file))
                        .as(document + " for " + uids.get(i))
                        .isEmpty();
            }
        }
        String book = text("/prometheus/rules");
        assertThat(book).doesNotContain("left out");
        assertThat(book.lines().filter(line -> line.startsWith("- name: ")).count())
                .isEqualTo(1 + uids.size() * 5L);
        Files.writeString(file, book);
        assertThat(Prometheus.faultsOf(file)).isEmpty();

        enrolled("odd", "robot \"#1\"", all);
        String without = text("/prometheus/rules");
        assertThat(without)
                .as("this name would end what it stands in")
                .contains("# left out: \"reach\": the uid 'robot \"#1\"'")
                .endsWith(book.substring(book.indexOf("\ngroups:")));
        Files.writeString(file, without);
        assertThat(Prometheus.faultsOf(file)).isEmpty();
    }

    /** The page's scrape, with this server and these files, asking as often as Prometheus may. */
    private String configuration() throws IOException {
        String scrape = story("discovery", "yaml")
                .replace("http://127.0.0.1:8080", server.baseUrl())
                .replace("port=9100", "port=" + exporterPort())
                .replace("/etc/prometheus/muster-token", dir.resolve("token").toString())
                .replace("refresh_interval: 30s", "refresh_interval: 1s");
        return "global: {scrape_interval: 1s, evaluation_interval: 1s}\nrule_files: [" + dir.resolve("rules.yml")
                + "]\n" + scrape;
    }

    /** Runs the page's script; what it complained of, empty when it went well. */
    private String fetched(String prometheus) throws Exception {
        Path script = Files.writeString(dir.resolve("fetch.sh"), story("rules", "sh"));
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
        builder.environment().put("MUSTER_URL", server.baseUrl());
        builder.environment().put("MUSTER_RULES", dir.resolve("rules.yml").toString());
        builder.environment().put("MUSTER_HEADER", dir.resolve("header").toString());
        builder.environment().put("PROMETHEUS_URL", prometheus);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() == 0 ? "" : said;
    }

    private static String story(String name, String language) throws IOException {
        Matcher story = Pattern.compile("<!-- story:" + name + " -->\\s*```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE));
        assertThat(story.find()).as(name).isTrue();
        return story.group(1);
    }

    private static boolean firing(Prometheus prometheus, String uid) {
        return !prometheus
                .query("ALERTS{alertname=\"Reached\",alertstate=\"firing\",robot=\"" + uid + "\"}")
                .isEmpty();
    }

    private int exporterPort() {
        return exporter.getAddress().getPort();
    }

    private String token() {
        return server.ok(
                        "POST",
                        "/api/v1/tokens",
                        Map.of("name", "prometheus", "scopes", List.of("metrics-read"), "expiresIn", "PT1H"))
                .path("token")
                .asString();
    }

    private void published(String uid, String rules) {
        server.ok(
                "POST",
                "/api/v1/documents/" + RULES + "?uid=" + encoded(uid),
                rules,
                "Content-Type",
                "application/yaml");
        await().atMost(PATIENCE).until(() -> document(uid) == 200);
    }

    private void removed(String uid) {
        server.ok("DELETE", "/api/v1/documents/" + RULES + "/" + uid, null, "If-Match", "*");
        await().atMost(PATIENCE).until(() -> document(uid) == 404);
    }

    /** The status of the answer about a document: what was ordered is seen a moment later. */
    private int document(String uid) {
        return server.send("GET", "/api/v1/documents/" + RULES + "/" + encoded(uid), null)
                .statusCode();
    }

    private void enrolled(String id, String uid, String... rules) {
        server.ok("POST", "/api/v1/devices", Map.of("id", id, "group", "hall-a"));
        server.ok(
                "PUT",
                "/api/v1/devices/" + id + "/enrolment",
                Map.of("uid", uid, "address", "127.0.0.1", "uses", Map.of(RULES, List.of(rules))));
    }

    private String text(String path) {
        HttpResponse<String> answer = server.send("GET", path, null);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
