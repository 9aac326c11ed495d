package dev.muster.config;

import static dev.muster.config.ConfigWorld.NET;
import static dev.muster.config.ConfigWorld.NETWORK;
import static dev.muster.config.ConfigWorld.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.config.seals.VaultSeals;
import dev.muster.kernel.Vault;
import dev.muster.server.OfflineTools;
import dev.muster.server.TestServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Destroying a device's key makes its secrets unreadable in the log, in views, in exports and in copies: no file has
 * them in clear, before or after, and no question is answered with them afterwards.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecretsGoneTest {

    private static final String SECRET = "canary-zq7fX-the-key-of-the-robots-wifi";
    private static final String EARLIER = "canary-zq7fX-the-key-it-had-before";
    private static final String OTHERS = "canary-kept-by-another-device";
    private static final int LOOKS_MAX = 10;
    private static final String FOLLOW = "/registries/devices/robot/wanted/acme/network";

    private final Path home = TestServer.freshDirectory();
    private ConfigWorld world;
    private String token;

    @BeforeEach
    void aRobotWithSecrets() {
        world = ConfigWorld.start(home);
        world.ask("POST", "/api/v1/registries", NETWORK).expect(201);
        token = world.device("robot", null);
        world.device("other", null);
        world.write("devices/robot", "wifi.key", EARLIER, "wifi.ssid", "lab").expect(200);
        world.write("devices/robot", "wifi.key", SECRET).expect(200);
        world.write("actual/robot", "pin", SECRET, "host", "here").expect(200);
        world.write("devices/other", "wifi.key", OTHERS).expect(200);
    }

    @AfterEach
    void close() {
        if (world != null) {
            world.close();
        }
    }

    /** Every question that may be answered with a secret. */
    private List<String> allAnswers() {
        List<String> answers = new ArrayList<>();
        for (String layer : List.of("devices/robot", "actual/robot")) {
            String path = NET + "/" + layer;
            answers.add(world.get(path + "/values?secrets=true").text());
            answers.add(world.get(path + "/views/all?secrets=true").text());
            answers.add(world.get(path + "/views/all?fields=wifi,wifi.key&secrets=true")
                    .text());
            answers.add(world.get(path + "/history").text());
            for (int version = 1; version <= 3; version++) {
                answers.add(world.get(path + "/versions/" + version + "?secrets=true")
                        .text());
                answers.add(world.ask("POST", path + "/revert?dryRun=true", Map.of("toVersion", version))
                        .text());
            }
        }
        answers.add(world.get(NET + "/wanted/robot?secrets=true").text());
        answers.add(world.send("GET", FOLLOW, null, token).text());
        answers.add(world.send("GET", FOLLOW, null, world.token("config-read", "config-secrets"))
                .text());
        answers.add(world.get("/api/v1/events/feed?limit=1000").text());
        answers.add(world.get("/api/v1/devices/robot/timeline?limit=1000").text());
        answers.add(world.get("/api/v1/audit?limit=1000").text());
        return answers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Files below the server's home and beside it that have these bytes in them. */
    private List<Path> filesWith(byte[] wanted) throws IOException {
        for (int look = 1; ; look++) {
            try {
                return seenWith(wanted);
            } catch (NoSuchFileException | UncheckedIOException e) {
                // A file of the running server went away while it was looked at.
                if (look == LOOKS_MAX) {
                    throw e;
                }
            }
        }
    }

    private List<Path> seenWith(byte[] wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home.getParent())) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (contains(Files.readAllBytes(file), wanted)) {
                    found.add(home.getParent().relativize(file));
                }
            }
        }
        return found;
    }

    private static boolean contains(byte[] in, byte[] wanted) {
        for (int at = 0; at <= in.length - wanted.length; at++) {
            int i = 0;
            while (i < wanted.length && in[at + i] == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private void nowhereInClear() throws IOException {
        for (String secret : List.of(SECRET, EARLIER, OTHERS)) {
            assertThat(filesWith(bytes(secret))).as(secret).isEmpty();
            assertThat(filesWith(Base64.getEncoder().withoutPadding().encode(bytes(secret))))
                    .as(secret)
                    .isEmpty();
        }
    }

    @Test
    void byOrder() throws Exception {
        String before = String.join("\n", allAnswers());
        assertThat(before).as("it can be read by who may").contains(SECRET, EARLIER);
        world.ask("POST", "/api/v1/backups", null);
        nowhereInClear();
        byte[] key = world.server
                .bean(Vault.class)
                .get(VaultSeals.PREFIX + "device/robot")
                .orElseThrow();
        assertThat(filesWith(key)).as("the key is where it should be").isNotEmpty();

        world.ask("DELETE", "/api/v1/devices/robot/registry-key", null).expect(204);

        gone();
        assertThat(world.get(NET + "/devices/robot/values?secrets=true")
                        .json()
                        .path("values")
                        .toString())
                .as("what is no secret stays")
                .isEqualTo("{\"wifi\":{\"ssid\":\"lab\"}}");
        assertThat(world.get(NET + "/devices/robot/versions/1?secrets=true")
                        .json()
                        .path("lost")
                        .toString())
                .isEqualTo("[\"wifi.key\"]");
        assertThat(world.get(NET + "/devices/robot/history").text()).contains("\"kind\":\"forgotten\"");
        assertThat(world.get("/api/v1/audit?command=config.DestroyKey").text()).contains("device/robot");
        assertThat(filesWith(key))
                .as("the key has left the files, but for the copy made before")
                .allMatch(file -> file.toString().contains("backups"));

        world.write("devices/robot", "wifi.key", "a new one").expect(200);
        assertThat(world.get(NET + "/wanted/robot?secrets=true").text()).contains("a new one");
        afterTheServer();
    }

    @Test
    void becauseItLeft() throws Exception {
        world.ask("DELETE", "/api/v1/devices/robot", null, "If-Match", "*").expect(204);
        await().atMost(WAIT).until(() -> world.server
                .bean(Vault.class)
                .get(VaultSeals.PREFIX + "device/robot")
                .isEmpty());
        await().atMost(WAIT)
                .until(() -> world.get(NET + "/devices/robot/history").text().contains("forgotten"));
        gone();
        assertThat(world.get("/api/v1/audit?command=config.DestroyKey").text()).contains("system:decommission");
        afterTheServer();
    }

    private void gone() throws IOException {
        String after = String.join("\n", allAnswers());
        assertThat(after).doesNotContain(SECRET).doesNotContain(EARLIER);
        assertThat(world.get(NET + "/devices/other/values?secrets=true").text())
                .as("another's key is another's")
                .contains(OTHERS);
        nowhereInClear();
    }

    /** Exports are made, and copies too, of a server that has stopped. */
    private void afterTheServer() throws IOException {
        world.close();
        world = null;
        Path export = home.resolveSibling("export.ndjson");
        try (PrintStream out = new PrintStream(Files.newOutputStream(export), false, StandardCharsets.UTF_8)) {
            assertThat(OfflineTools.run(new String[] {"events", "export", "--data=" + home}, out, System.err))
                    .isZero();
            assertThat(OfflineTools.run(
                            new String[] {
                                "backup",
                                "--data=" + home,
                                "--to",
                                home.resolveSibling("copy").toString()
                            },
                            System.out,
                            System.err))
                    .isZero();
        }
        assertThat(Files.readString(export)).contains("config.ViewWritten", "SEALED", "config.SecretsForgotten");
        nowhereInClear();
    }
}
