package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/** The engine that {@code DOCKER_HOST} names, as somebody at its machine sees it, and images made without a network. */
final class RealDocker implements AutoCloseable {

    private static final Duration MAX = Duration.ofSeconds(60);
    /** Writes its greeting once a second, and ends at once when it is told to. */
    private static final String SCRIPT = """
            trap 'echo bye; exit 0' TERM
            echo "%s began"
            while :; do
              echo "$GREETING from %s"
              /bin/busybox sleep 1 & wait $!
            done
            """;

    private final Path dir;
    private final Path busybox;
    private final Programs programs;
    private final List<String> images = new ArrayList<>();

    private RealDocker(Path dir, Path busybox) {
        this.dir = dir;
        this.busybox = busybox;
        this.programs = new Programs(dir.resolve("programs.log"));
    }

    /** Skips the test where no engine is named. One that is named and does not answer is a failure. */
    static RealDocker assume(Path dir) throws IOException {
        String host = System.getenv("DOCKER_HOST");
        if (host == null || host.isBlank()) {
            throw new TestAbortedException("SKIPPED: there is no container engine here; set DOCKER_HOST to the address"
                    + " of one, such as unix:///run/docker.sock");
        }
        Programs.assume("docker", "docker.io");
        Path busybox = Programs.assume("busybox", "busybox-static");
        if (new String(Files.readAllBytes(busybox), StandardCharsets.ISO_8859_1).contains("/ld-linux")) {
            throw new TestAbortedException(
                    "SKIPPED: the busybox here is no static one; install Debian's package" + " busybox-static");
        }
        Files.writeString(Files.createDirectories(dir.resolve("docker")).resolve("config.json"), "{}");
        RealDocker docker = new RealDocker(dir, busybox);
        docker.done("version");
        return docker;
    }

    Programs.Result run(String... words) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        Map<String, String> own = Map.of("DOCKER_CONFIG", dir.resolve("docker").toString());
        return programs.run(own, null, MAX, argv);
    }

    String done(String... words) {
        Programs.Result result = run(words);
        assertThat(result.exit())
                .as(String.join(" ", words) + ": " + result.errors())
                .isZero();
        return result.text().strip();
    }

    /** Makes an image that says so when it runs. */
    void makeImage(String name, String says) throws IOException {
        Path root = Files.createTempDirectory(dir, "root");
        Files.createDirectories(root.resolve("bin"));
        Files.copy(busybox, root.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("run.sh"), SCRIPT.formatted(says, says));
        String tar = root + ".tar";
        Programs.Result packed = programs.run(
                Map.of(), null, MAX, List.of("tar", "--owner=0", "--group=0", "-C", root.toString(), "-cf", tar, "."));
        assertThat(packed.exit()).as(packed.errors()).isZero();
        done("import", "--change", "CMD [\"/bin/busybox\",\"sh\",\"/run.sh\"]", tar, name);
        images.add(name);
    }

    /** Names of containers like this one that run, or of all that are there. */
    List<String> containers(String name, boolean isRunning) {
        List<String> words = new ArrayList<>(List.of("ps", "--format", "{{.Names}}", "--filter", "name=" + name));
        if (!isRunning) {
            words.add("--all");
        }
        return done(words.toArray(String[]::new)).lines().toList();
    }

    boolean hasImage(String name) {
        return run("image", "inspect", "--format", "{{.Id}}", name).exit() == 0;
    }

    /** Starts a registry of images at this port; the engine must be of this machine to reach it. */
    void startRegistry(int port) throws IOException {
        Path registry = Programs.assume("docker-registry", "docker-registry");
        String host = System.getenv("DOCKER_HOST");
        if (!host.matches("unix://.*|tcp://(127\\.0\\.0\\.1|localhost)(:.*)?")) {
            throw new TestAbortedException("SKIPPED: the engine at " + host + " cannot reach a registry of this test");
        }
        Path settings = dir.resolve("registry.yml");
        Files.writeString(settings, """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                """.formatted(dir.resolve("registry"), port));
        programs.start(registry.toString(), "serve", settings.toString());
        Awaitility.await().atMost(AppsWorld.WAIT).until(() -> answers(port));
        Programs.Result login = run("login", "--username", "nobody", "--password", "none", "127.0.0.1:" + port);
        if (login.exit() != 0) {
            throw new TestAbortedException("SKIPPED: the engine takes no registry of this machine without TLS: "
                    + login.errors().strip());
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Leaves nothing behind, however the tests went. */
    @Override
    public void close() {
        run("ps", "--all", "--format", "{{.Names}} {{.Image}}")
                .text()
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2 && images.contains(words[1]))
                .forEach(words -> run("rm", "--force", "--volumes", words[0]));
        images.forEach(each -> run("image", "rm", "--force", each));
        programs.close();
    }
}
