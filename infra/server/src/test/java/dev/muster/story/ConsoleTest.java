package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.identity.command.IdentityStart;
import dev.muster.server.TestServer;
import dev.muster.updates.simulator.DemoBundle;
import dev.muster.updates.simulator.FleetSimulator;
import dev.muster.updates.simulator.SimulatorSettings;
import dev.muster.updates.simulator.SimulatorSettings.Tempo;
import dev.muster.updates.simulator.SimulatorSettings.Troubles;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The console in a real browser, on the real server with a fleet that lives: every page and dialog is looked at, then
 * people do what they do. The stories themselves are JavaScript, in {@code infra/console/e2e}.
 */
class ConsoleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BROWSER_MAX = Duration.ofMinutes(10);
    private static final Path CONSOLE = Path.of("../console");
    private static final Path LOG = Path.of("target/console-e2e.log");
    private static final int SIMULATED = 40;
    private static final int IDLE = 400;
    private static final String GOOD = "1.1.0";
    private static final String BAD = "1.2.0";
    private static final String OBSERVED = "observed-0001";
    private static final String CONFIGURED = "network";

    /** Signed by a P-256 key that nobody kept. */
    private static final String REQUEST = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIHIMHACAQAwDjEMMAoGA1UEAwwDZTJlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD
            QgAEPlpaj9skk6Y5FfTLANxeaG5qfsx4nn9wnUaUrCzx/d45UARf79hGUPNGGNQi
            HfDdpZ8YjofGk3GY6uusqCvIPKAAMAoGCCqGSM49BAMCA0gAMEUCIEojzviFzHO5
            bUCZOAfiyJjtR703gvVMfO+49pEKLPZiAiEA30JTRHAkVQ4PHVIpfNC7jTk5siy6
            8ABFz6HkFQWkriA=
            -----END CERTIFICATE REQUEST-----
            """;

    @Test
    void everyPageIsAsItShouldBeAndEveryStoryHolds() throws Exception {
        String browser = browser();
        assumeTrue(browser != null, "SKIPPED: no Chromium here; install Debian's package chromium");
        assumeTrue(nodeRuns(), "SKIPPED: no node here; install Node 20");
        assertThat(CONSOLE.resolve("node_modules/playwright-core"))
                .as("the build of infra/console installs it; build that module first")
                .isDirectory();
        try (TestServer server = TestServer.start();
                SerialEcho echo = new SerialEcho()) {
            String gateway = server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                    .path("token")
                    .asString();
            try (FleetSimulator fleet = new FleetSimulator(simulated(server, gateway))) {
                fleet.start();
                fill(server);
                observe(server);
                lend(server, echo);
                configure(server);
                await().atMost(PATIENCE).until(() -> fleet.statistics().attributes() >= SIMULATED);
                rollOut(server, GOOD, "finished");
                rollOut(server, BAD, "paused");
                lookAndDo(server, browser);
            }
        }
    }

    /** Runs the stories and fails with the names of those that do not hold; what each said stands in the message. */
    private static void lookAndDo(TestServer server, String browser) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("node", "e2e/run.mjs", "--change")
                .directory(CONSOLE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        String code = server.bean(IdentityStart.class).begin().orElseThrow();
        builder.environment()
                .putAll(Map.of(
                        "MUSTER_URL",
                        server.baseUrl(),
                        "MUSTER_SETUP",
                        code,
                        "MUSTER_CHROMIUM",
                        browser,
                        "MUSTER_OBSERVED",
                        OBSERVED,
                        "MUSTER_CONFIGURED",
                        CONFIGURED));
        Process node = builder.start();
        boolean ended = node.waitFor(BROWSER_MAX.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            node.descendants().forEach(ProcessHandle::destroyForcibly);
            node.destroyForcibly().waitFor();
        }
        List<String> said = Files.readAllLines(LOG);
        String all = String.join("\n", said);
        assertThat(ended).as("ends within " + BROWSER_MAX + "\n" + all).isTrue();
        assertThat(said.stream().filter(line -> line.startsWith("✗ "))).as(all).isEmpty();
        assertThat(node.exitValue()).as(all).isZero();
        assertThat(said.stream().filter(line -> line.startsWith("✓ "))).hasSizeGreaterThan(110);
    }

    /** A quick fleet in which exactly the installations of the bad release fail. */
    private static SimulatorSettings simulated(TestServer server, String gateway) {
        return SimulatorSettings.lively(URI.create(server.baseUrl()), gateway, SIMULATED)
                .with(new Tempo(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMillis(200)))
                .with(Troubles.NONE.failing(BAD, 1));
    }

    /** Devices that are only there, so that lists are long, and something on every page that would be empty. */
    private static void fill(TestServer server) {
        String devices = IntStream.range(0, IDLE)
                .mapToObj(i ->
                        "{\"id\":\"spare-%04d\",\"group\":\"hall-%d\",\"tags\":[\"spare\"],\"metadata\":{\"shelf\":\"%d\"}}"
                                .formatted(i, i % 7, i % 40))
                .collect(Collectors.joining("\n"));
        assertThat(server.send("POST", "/api/v1/devices:bulk", devices, "Content-Type", "application/x-ndjson")
                        .statusCode())
                .isEqualTo(200);
        server.ok(
                "POST",
                "/api/v1/auto-assignments",
                Map.of("name", "Newest for the lab", "filter", "group==lab", "latest", true));
    }

    /** Two boards to borrow, with power that is pretended and consoles that echo. */
    private static void lend(TestServer server, SerialEcho echo) {
        String board = """
                boards { name = rpi4-%1$d, brdclass = rpi4, options = [
                    { cls = snmppower, host = pdu, port = %1$d, profile = fake },
                    { cls = serialconsole, val = "%2$s", lock = false } ] }
                """;
        server.ok(
                "PUT",
                "/api/v1/lab/configuration",
                "classes { rpi4 { arch = arm64-aarch64 } }\n" + board.formatted(1, echo.address())
                        + board.formatted(2, echo.address()),
                "Content-Type",
                "text/plain");
    }

    /** A registry, wishes of the fleet in two versions with a secret among them, a device that differs, a rollout. */
    private static void configure(TestServer server) {
        String registry = "/api/v1/registries/acme/" + CONFIGURED;
        server.ok("POST", "/api/v1/registries", """
                {"account-id": "acme", "name": "%s", "summary": "How robots are connected",
                 "storage": {"schema": {
                  "host": "string", "rate": "int",
                  "wifi": {"schema": {"ssid": "string", "key": {"type": "string", "visibility": "secret"}}}}},
                 "views": {
                  "setup": {"summary": "Everything", "rules": [
                   {"request": "host", "storage": "host"}, {"request": "rate", "storage": "rate"},
                   {"request": "wifi.ssid", "storage": "wifi.ssid"}, {"request": "wifi.key", "storage": "wifi.key"}]},
                  "look": {"rules": [{"request": "host", "storage": "host", "access": "read"}]}}}
                """.formatted(CONFIGURED), "Content-Type", "application/json");
        write(server, registry + "/fleet", Map.of("rate", 1, "wifi.ssid", "hall", "wifi.key", "a secret"));
        write(server, registry + "/fleet", Map.of("rate", 2));
        write(server, registry + "/devices/" + OBSERVED, Map.of("host", "observed"));
        write(server, registry + "/actual/" + OBSERVED, Map.of("host", "another", "rate", 2));
        server.ok(
                "POST",
                registry + "/rollouts",
                Map.of(
                        "name",
                        "Slower",
                        "view",
                        "setup",
                        "values",
                        Map.of("rate", 3),
                        "filter",
                        "group==hall-1",
                        "target",
                        "fleet",
                        "groups",
                        List.of(Map.of("name", "Canary", "percent", 5), Map.of("name", "Rest", "percent", 95))));
    }

    private static void write(TestServer server, String layer, Map<String, Object> values) {
        server.ok("PATCH", layer + "/views/setup", Map.of("values", values));
    }

    /** A dashboard, a rule file, and a device that uses them and has asked for a certificate. */
    private static void observe(TestServer server) {
        publish(server, "grafana-dashboard", "robot-overview", "{\"title\":\"Robot overview\",\"panels\":[]}");
        publish(
                server,
                "prometheus-rules",
                "robot-battery",
                "groups:\n- name: battery\n  rules:\n  - alert: BatteryLow\n"
                        + "    expr: battery_level{device_instance=\"%%juju_device_uuid%%\"} < 0.2\n");
        server.ok("POST", "/api/v1/devices", Map.of("id", OBSERVED, "group", "lab"));
        server.ok(
                "PUT",
                "/api/v1/devices/" + OBSERVED + "/enrolment",
                Map.of(
                        "uid",
                        OBSERVED,
                        "address",
                        "192.0.2.17",
                        "publicKey",
                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 robot",
                        "uses",
                        Map.of(
                                "grafana-dashboard",
                                List.of("robot-overview"),
                                "prometheus-rules",
                                List.of("robot-battery"))));
        server.ok("POST", "/api/v1/devices/" + OBSERVED + "/certificate-request", Map.of("csr", REQUEST));
    }

    private static void publish(TestServer server, String kind, String uid, String text) {
        server.ok(
                "POST",
                "/api/v1/documents/" + kind + "?uid=" + uid,
                text.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/octet-stream");
    }

    /** Uploads a release and rolls it out over the simulated devices until the rollout is in this state. */
    private static void rollOut(TestServer server, String version, String until) {
        String release = server.ok(
                        "POST",
                        "/api/v1/releases:upload?filename=robot-os-%s.swu&name=robot-os&version=%s&type=os"
                                .formatted(version, version),
                        DemoBundle.of(version, "Robot OS " + version),
                        "Content-Type",
                        "application/octet-stream")
                .path("id")
                .asString();
        List<Map<String, Object>> groups =
                List.of(Map.of("name", "Canaries", "percent", 10), Map.of("name", "Everyone", "percent", 90));
        String rollout = server.ok(
                        "POST",
                        "/api/v1/rollouts",
                        Map.of(
                                "name",
                                "Robot OS " + version,
                                "releaseId",
                                release,
                                "filter",
                                "id==robot-*",
                                "groups",
                                groups))
                .path("id")
                .asString();
        server.ok("POST", "/api/v1/rollouts/" + rollout + "/start", null);
        await().atMost(PATIENCE).until(() -> server.get("/api/v1/rollouts/" + rollout)
                .path("state")
                .asString("")
                .equals(until));
    }

    private static @Nullable String browser() {
        return Stream.of(
                        System.getenv("MUSTER_CHROMIUM"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(Objects::nonNull)
                .filter(path -> new File(path).canExecute())
                .findFirst()
                .orElse(null);
    }

    private static boolean nodeRuns() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
