package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's story runs as it stands there. */
class ReadmeTest {

    private static final Pattern STORY =
            Pattern.compile("<!-- story:first-device -->\\s*```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("\\bcurl\\b");

    @TempDir
    Path dir;

    @Test
    void theFirstDeviceIsUpdatedInSevenCallsAtMost() throws Exception {
        Matcher story = STORY.matcher(Files.readString(Path.of("../../README.md")));
        assertThat(story.find()).isTrue();
        String script = story.group(1);
        assertThat(CALL.matcher(script.replaceAll("(?m)^\\s*#.*$", ""))
                        .results()
                        .count())
                .isBetween(7L, 8L);
        try (TestServer server = TestServer.start()) {
            Process bash = shell("set -euo pipefail\n" + script, server);
            String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(bash.exitValue()).as(said).isZero();
            var device = server.get("/api/v1/devices/first-device");
            assertThat(device.path("updateStatus").asString()).isEqualTo("in-sync");
            assertThat(device.path("installed").path("version").asString()).isEqualTo("1.0.0");
        }
    }

    private Process shell(String script, TestServer server) throws java.io.IOException {
        Path file = dir.resolve("story.sh");
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString())
                .directory(dir.toFile())
                .redirectErrorStream(true);
        builder.environment().put("MUSTER_URL", server.baseUrl());
        builder.environment().put("MUSTER_TOKEN", server.adminToken());
        return builder.start();
    }
}
