package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.Muster;
import dev.muster.server.TestServer;
import dev.muster.updates.simulator.TrainingRun;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The run in which a JVM learns what is used often. */
class TrainingTest {

    @TempDir
    Path dir;

    @Test
    void everythingThatIsUsedOftenIsUsed() {
        try (TestServer server = TestServer.start()) {
            // True means, too, that nothing it asked was refused.
            assertThat(training(server, Duration.ofSeconds(8)).run()).isTrue();
            assertThat(server.get("/api/v1/devices?filter=id==trained-*&count=true&limit=1")
                            .path("count")
                            .asInt())
                    .isPositive();
            assertThat(server.get("/api/v1/devices?filter=tag==bulk&count=true&limit=1")
                            .path("count")
                            .asInt())
                    .isPositive();
            assertThat(server.get("/api/v1/devices?filter=installed.version==1.1.*&count=true&limit=1")
                            .path("count")
                            .asInt())
                    .as("devices that installed something")
                    .isPositive();
            JsonNode rollouts = server.get("/api/v1/rollouts").path("items");
            assertThat(rollouts.size()).isPositive();
        }
    }

    @Test
    void aFleetThatIsThereAlreadyIsLeftAlone() {
        try (TestServer server = TestServer.start()) {
            server.ok("POST", "/api/v1/devices", "{\"id\":\"precious\"}");
            assertThat(training(server, Duration.ofSeconds(1)).run()).isFalse();
            assertThat(server.get("/api/v1/devices").path("items").size()).isEqualTo(1);
        }
    }

    @Test
    void theProcessEndsByItselfAndWell() throws Exception {
        Path log = dir.resolve("training.log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Muster.class.getName(),
                        "--server.port=0",
                        "--muster.data=" + dir.resolve("data"),
                        "--muster.training=1s"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
            assertThat(log).content().contains("training: ");
        } finally {
            process.destroyForcibly();
        }
    }

    private static TrainingRun training(TestServer server, Duration length) {
        return new TrainingRun(URI.create(server.baseUrl()), server.adminToken(), length);
    }
}
