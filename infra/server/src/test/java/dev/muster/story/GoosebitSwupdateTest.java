package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.server.TestServer;
import dev.muster.story.SwuFile.Signer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** GB-73: a real, unmodified SWUpdate (Debian's package) that was set up for gooseBit updates itself through our surface. */
class GoosebitSwupdateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ID = "gb73";
    private static final String TOKEN = "token-of-a-real-device-0123456789";

    private static TestServer server;

    @TempDir
    Path dir;

    @BeforeAll
    static void startTheServer() {
        assumeTrue(
                new File("/usr/bin/swupdate").canExecute(),
                "SKIPPED: no /usr/bin/swupdate here; install Debian's package swupdate");
        server = TestServer.start();
    }

    @AfterAll
    static void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void gb73_itInstallsAndConfirmsAfterItsRestart() throws Exception {
        Signer signer = Signer.make(dir);
        server.ok(
                "PUT",
                "/api/v1/settings/updates",
                Map.of("pollingTime", "00:00:30", "trust", "setup"),
                "If-Match",
                "*");
        Path installed = dir.resolve("installed.bin");
        try (Running swupdate = swupdate(signer)) {
            await().atMost(PATIENCE)
                    .until(() -> shown().path("last_state").asString("").equals("Registered"));
        }
        Path swu = SwuFile.make(dir, "2.0.0", "1.0", 1 << 20, installed, signer);
        String release = server.ok(
                        "POST",
                        "/api/v1/releases:upload?filename=" + swu.getFileName(),
                        Files.readAllBytes(swu),
                        "Content-Type",
                        "application/octet-stream")
                .path("id")
                .asString();
        assertThat(release).isNotEmpty();
        await().atMost(PATIENCE).until(() -> !server.get("/goosebit/api/v1/software")
                .path("software")
                .isEmpty());
        int software = server.get("/goosebit/api/v1/software")
                .path("software")
                .get(0)
                .path("id")
                .asInt();
        server.ok(
                "PUT", "/goosebit/api/v1/rollouts", Map.of("name", "real", "feed", "default", "software_id", software));

        try (Running swupdate = swupdate(signer)) {
            await().atMost(PATIENCE).until(() -> Files.exists(installed) && Files.size(installed) == 1 << 20);
            await().atMost(PATIENCE).until(() -> server.get("/goosebit/api/v1/devices/" + ID + "/log")
                    .path("log")
                    .asString("")
                    .contains("All Chunks Installed"));
        }
        assertThat(shown().path("last_state").asString())
                .as("not done before it confirms")
                .isEqualTo("Running");

        try (Running swupdate = swupdate(signer, "-c 2")) {
            await().atMost(PATIENCE)
                    .until(() -> shown().path("last_state").asString("").equals("Finished"));
        }
        assertThat(server.get("/goosebit/api/v1/rollouts")
                        .path("rollouts")
                        .get(0)
                        .path("success_count")
                        .asInt())
                .isEqualTo(1);
    }

    private static JsonNode shown() {
        for (JsonNode each : server.get("/goosebit/api/v1/devices").path("devices")) {
            if (each.path("id").asString().equals(ID)) {
                return each;
            }
        }
        return tools.jackson.databind.json.JsonMapper.shared().createObjectNode();
    }

    /** SWUpdate at work, in a temporary directory of its own for its sockets. */
    private Running swupdate(Signer signer, String... options) throws IOException {
        Path home = Files.createTempDirectory(dir, "swupdate");
        Path config = home.resolve("swupdate.cfg");
        Files.writeString(config, """
                globals: { verbose = true; loglevel = 5; };
                suricatta: { tenant = "DEFAULT"; id = "%s"; url = "%s/goosebit"; polldelay = 1; targettoken = "%s"; };
                identify: ( { name = "hw_boardname"; value = "default"; }, { name = "hw_revision"; value = "1.0"; } );
                """.formatted(ID, server.baseUrl(), TOKEN));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "swupdate",
                        "-f",
                        config.toString(),
                        "-k",
                        signer.certificate().toString(),
                        "-H",
                        "default:1.0",
                        "-u",
                        options.length == 0 ? "-r 5 -w 1" : options[0]))
                .redirectErrorStream(true);
        builder.environment().put("TMPDIR", home.toString());
        builder.redirectOutput(home.resolve("log").toFile());
        return new Running(builder.start());
    }

    private record Running(Process process) implements AutoCloseable {

        @Override
        public void close() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
