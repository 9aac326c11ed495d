package dev.muster.story;

import static org.awaitility.Awaitility.await;

import dev.muster.server.TestServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus (Debian's package) on a free port, asked through its own API. */
final class Prometheus implements AutoCloseable {

    static final String PROMTOOL = "/usr/bin/promtool";
    private static final String PROMETHEUS = "/usr/bin/prometheus";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final String url;

    private Prometheus(Process process, Path log, String url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    static boolean isHere() {
        return new File(PROMETHEUS).canExecute() && new File(PROMTOOL).canExecute();
    }

    /** Starts with this configuration, in a directory of its own, and waits until it is ready. */
    static Prometheus start(Path dir, String configuration) throws IOException {
        Path file = Files.writeString(dir.resolve("prometheus.yml"), configuration);
        Path log = dir.resolve("prometheus.log");
        int port = freePort();
        Process process = new ProcessBuilder(
                        PROMETHEUS,
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + dir.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--web.enable-lifecycle")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, log, "http://127.0.0.1:" + port);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("prometheus ended: " + Files.readString(log));
            }
            return prometheus.send("/-/ready").statusCode() == 200;
        });
        return prometheus;
    }

    /** What promtool says of a rule file; empty when all is well. */
    static String faultsOf(Path rules) throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder(PROMTOOL, "check", "rules", rules.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return promtool.waitFor() == 0 ? "" : said;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return url;
    }

    JsonNode targets() {
        return api("targets").path("activeTargets");
    }

    /** The target of a device, or a missing node. */
    JsonNode target(String device) {
        for (JsonNode target : targets()) {
            if (target.path("labels").path("device").asString("").equals(device)) {
                return target;
            }
        }
        return JsonMapper.shared().missingNode();
    }

    /** A group of rules by its name, or a missing node. */
    JsonNode group(String name) {
        for (JsonNode group : api("rules").path("groups")) {
            if (group.path("name").asString().equals(name)) {
                return group;
            }
        }
        return JsonMapper.shared().missingNode();
    }

    /** What an expression is worth now. */
    JsonNode query(String expression) {
        return api("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    private JsonNode api(String path) {
        HttpResponse<String> answer = send("/api/v1/" + path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body()).path("data");
    }

    private HttpResponse<String> send(String path) {
        return TestServer.exchange(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
