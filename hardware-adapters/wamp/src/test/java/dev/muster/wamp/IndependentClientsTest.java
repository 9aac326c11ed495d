package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Clients that others wrote, against the real router over real WebSockets. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IndependentClientsTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/clients").toAbsolutePath();
    private static final Duration RUN_MAX = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private final DoorHouse house = new DoorHouse(RouterSettings.DEFAULTS, WampSettings.DEFAULTS);
    private Programs programs;

    @BeforeEach
    void programs() {
        programs = new Programs(folder.resolve("log"));
    }

    @AfterEach
    void close() {
        programs.close();
        house.close();
    }

    private void talks(Map<String, String> environment, String... argv) {
        Programs.Result result = programs.run(environment, null, RUN_MAX, List.of(argv));
        assertThat(result.exit()).as("%s%n%s", result.text(), result.errors()).isZero();
        assertThat(result.text().strip()).as(result.errors()).endsWith("done");
    }

    @Test
    void autobahnForPython() {
        // Debian's own interpreter has Debian's packages; another one may come first in the path.
        Path python = Path.of("/usr/bin/python3");
        if (!Files.isExecutable(python)) {
            python = Programs.assume("python3", "python3");
        }
        Programs.Result there =
                programs.run(Map.of(), null, RUN_MAX, List.of(python.toString(), "-c", "import autobahn"));
        if (there.exit() != 0) {
            throw new TestAbortedException(
                    "SKIPPED: there is no autobahn for Python here; install Debian's package python3-autobahn");
        }
        talks(
                Map.of("PYTHONDONTWRITEBYTECODE", "1"),
                python.toString(),
                SCRIPTS.resolve("autobahn_client.py").toString(),
                house.uri().toString());
    }

    @Test
    void wampy() throws IOException {
        node("wampy.mjs");
    }

    @Test
    void autobahnForJavaScript() throws IOException {
        node("autobahn.cjs");
    }

    /** The packages are installed once, beside the other things that are built; without a registry that is skipped. */
    private void node(String script) throws IOException {
        Path node = Programs.assume("node", "nodejs");
        Path npm = Programs.assume("npm", "npm");
        Path place = Path.of("target/clients").toAbsolutePath();
        Files.createDirectories(place);
        for (String file : List.of("package.json", "wampy.mjs", "autobahn.cjs")) {
            Files.write(place.resolve(file), Files.readAllBytes(SCRIPTS.resolve(file)));
        }
        Path installed = place.resolve("node_modules/.installed");
        byte[] wanted = Files.readAllBytes(SCRIPTS.resolve("package.json"));
        if (!Files.exists(installed) || !java.util.Arrays.equals(Files.readAllBytes(installed), wanted)) {
            Programs.Result result = programs.run(
                    Map.of(),
                    null,
                    RUN_MAX,
                    List.of(
                            npm.toString(),
                            "install",
                            "--prefix",
                            place.toString(),
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "--no-package-lock",
                            "--prefer-offline",
                            "--loglevel=error"));
            if (result.exit() != 0) {
                throw new TestAbortedException(
                        "SKIPPED: the clients cannot be installed from npm here: " + result.errors());
            }
            Files.write(installed, wanted);
        }
        talks(
                Map.of(),
                node.toString(),
                place.resolve(script).toString(),
                house.uri().toString());
    }
}
