package dev.muster.config;

import static dev.muster.config.SnapPrograms.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigWorld.Answer;
import dev.muster.config.SnapPrograms.Machine;
import dev.muster.server.TestServer;
import dev.muster.server.http.OwnListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Programs that do what the proof of concept's do, step by step (contract §2), against the whole server: its
 * configuration server on a port of its own, and a socket for each device (contract §16, 1 and 2).
 */
@Timeout(300)
class ConfdbSocketTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** One in ten runs drops a peer and one in ten takes one on; nobody is that unlucky. */
    private static final int RUNS_MAX = 400;

    private static SnapPrograms programs;
    private static ConfigWorld world;
    private static String poc;

    @BeforeAll
    static void start() throws IOException {
        programs = new SnapPrograms();
        List<String> settings = new ArrayList<>(
                List.of("--muster.registries.address=127.0.0.1:0", "--muster.registries.trusted-networks=127.0.0.0/8"));
        List<String> devices = List.of("final", "first", "newest");
        for (int i = 0; i < devices.size(); i++) {
            String socket = "--muster.registries.sockets[" + i + "].";
            settings.add(socket + "path=" + programs.socket(devices.get(i)));
            settings.add(socket + "device=" + devices.get(i));
        }
        world = ConfigWorld.with(settings.toArray(new String[0]));
        poc = "http://127.0.0.1:" + world.server.bean(OwnListener.class).port();
        for (String document : List.of(
                SnapPrograms.text("network.json"), SnapPrograms.text("aspects-poc.json"), ConfigWorld.NETWORK)) {
            world.ask("POST", "/api/v1/registries", document).expect(201);
        }
        programs.plug("all", "acme/network/all");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
            assertThat(Stream.of("final", "first", "newest")
                            .map(programs::socket)
                            .filter(Files::exists))
                    .isEmpty();
        }
        if (programs != null) {
            programs.close();
        }
    }

    /** The configuration server, as its own clients ask it. */
    private static JsonNode poc(String method, String path, String body) {
        HttpResponse<String> answer = TestServer.exchange(HttpRequest.newBuilder(URI.create(poc + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** A view of a device, as the device itself sees it over TCP. */
    private static JsonNode view(String token, String device, String view) {
        Answer answer = world.send("GET", "/registries/devices/" + device + "/v2/" + view, null, token);
        return answer.expect(200).json().path("result");
    }

    /** Contract §16, 1. */
    @Test
    void theFinalVersion() {
        String token = world.device("final", null);
        String network = "registry/" + ACCOUNT + "/network/";
        Machine machine = programs.on("final", "control", poc);

        String uuid = machine.run("control", "install");
        machine.run("control", "default-configure");
        machine.run("control", "daemon");
        JsonNode device = view(token, "final", network + "observe-device");
        assertThat(device.path("uuid").asString()).isEqualTo(uuid);
        JsonNode state = poc("GET", "/state/" + uuid + "/", null);
        assertThat(state.path("registered").asLong())
                .isEqualTo(device.path("registered").asLong());
        assertThat(state.path("public-key-rsa").asString()).startsWith("ssh-rsa ");

        String said = "";
        for (int i = 0; i < RUNS_MAX && !(said.contains("joined") && said.contains("dropped")); i++) {
            said += machine.run("vpn") + "\n";
        }
        assertThat(said).contains("joined", "dropped");

        JsonNode report = JSON.readTree(machine.run("reporting"));
        assertThat(report.path("pause").asDouble()).isEqualTo(30);
        assertThat(report.path("report").path("device-id").asString()).isEqualTo(uuid);
        JsonNode sent = report.path("report").path("packets-sent");
        assertThat(sent.path("eth0").asInt()).isBetween(1, 10);
        assertThat(sent.path("wlan0").asInt()).isBetween(1, 10);
        assertThat(report.path("report").has("packets-received")).isFalse();
        assertThat(report.path("report").path("peers"))
                .isEqualTo(view(token, "final", network + "observe-tunnel").path("peers"));

        String values = world.get("/api/v1/registries/" + ACCOUNT + "/network/actual/final/values")
                .expect(200)
                .text();
        assertThat(values).contains("tunnel.secret-key").doesNotContain("nobody-shall-read-this");
    }

    /** Contract §16, 2. */
    @Test
    void theFirstVersion() {
        String token = world.device("first", null);
        String config = "aspects/" + ACCOUNT + "/aspects-poc/snap-config";
        Machine machine = programs.on("first", "aspects-registration-agent", poc);
        machine.snapctl("set", "server-url=" + poc);
        machine.configure();
        assertThat(machine.snapctl("get", "is-registered")).isEqualTo("false");

        String first = machine.run("agent");
        assertThat(first).startsWith("registered ");
        String uuid = first.substring("registered ".length());
        assertThat(machine.snapctl("get", "is-registered")).isEqualTo("true");
        machine.configure();
        assertThat(machine.snapctl("get", "is-registered")).isEqualTo("true");

        String target = "{\"snap_one\":{\"interval\":5,\"nested\":{\"on\":true}},\"snap_two\":{\"level\":\"info\"}}";
        poc("PUT", "/target-config/", "{\"config\":" + target + "}");
        assertThat(machine.run("agent")).isEqualTo("polled 200");
        assertThat(machine.run("agent")).isEqualTo("polled 204");
        assertThat(poc("GET", "/state/" + uuid + "/", null).path("config")).isEqualTo(JSON.readTree(target));
        Machine follower = programs.on("first", "aspects-snap_one", poc);
        assertThat(JSON.readTree(follower.run("follower")))
                .isEqualTo(JSON.readTree("{\"snap-one\":{\"interval\":5,\"nested\":{\"on\":true}}}"));

        String other = "{\"snap_two\":{\"level\":\"debug\"},\"snap_three\":[1,2]}";
        poc("PUT", "/target-config/", "{\"config\":" + other + "}");
        assertThat(machine.run("agent")).isEqualTo("polled 200");
        assertThat(view(token, "first", config))
                .isEqualTo(JSON.readTree("{\"snap-three\":[1,2],\"snap-two\":{\"level\":\"debug\"}}"));
        assertThat(follower.run("follower")).isEqualTo("{}");
        assertThat(machine.run("agent")).isEqualTo("polled 204");
        assertThat(poc("GET", "/state/" + uuid + "/", null).path("config")).isEqualTo(JSON.readTree(other));
    }

    /** What snapctl says to the newest generation: reads and writes through changes. */
    @Test
    void theNewestGeneration() {
        Machine machine = programs.on("newest", "any", poc);
        assertThat(machine.snapctl("get", "--view", "--default", "7", ":all", "rate"))
                .isEqualTo("7");
        machine.snapctl("set", "--view", ":all", "host=robot", "rate=3", "wifi.key=hush");
        assertThat(machine.snapctl("get", "--view", ":all", "host")).isEqualTo("robot");
        assertThat(JSON.readTree(machine.snapctl("get", "--view", ":all")))
                .isEqualTo(JSON.readTree("{\"host\":\"robot\",\"rate\":3,\"wifi\":{\"key\":\"hush\"}}"));
        machine.snapctl("unset", "--view", ":all", "rate");
        assertThat(JSON.readTree(machine.snapctl("get", "--view", "-d", ":all", "host", "rate")))
                .isEqualTo(JSON.readTree("{\"host\":\"robot\"}"));
        machine.snapctl("set", "--view", ":all", "interfaces.eth0={\"mtu\":1500}", "interfaces.eth1={\"mtu\":9000}");
        assertThat(JSON.readTree(machine.snapctl("get", "--view", "--with", "name=eth1", ":all", "interfaces")))
                .isEqualTo(JSON.readTree("{\"eth1\":{\"mtu\":9000}}"));
    }
}
