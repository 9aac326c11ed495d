package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabWorld.Person;
import dev.muster.testing.OpenSsh;
import dev.muster.testing.Programs;
import dev.muster.testing.Programs.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Contract §11.6: OpenSSH's own client, through the server's one port, to an {@code sshd -i} that the setup script named.
 * The client comes through {@code muster lab tunnel}, or through the contract's little ProxyCommand where time counts.
 */
class BoardSshTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(90);
    private static final Path LAUNCHER =
            Path.of("../../muster").toAbsolutePath().normalize();
    private static final int MEGABYTES = 20 << 20;

    @TempDir
    static Path dir;

    private static Programs programs;
    private static OpenSsh openSsh;
    private static Path key;
    private static LabWorld world;

    @BeforeAll
    static void start() {
        programs = new Programs(dir.resolve("programs.log"));
        openSsh = new OpenSsh(programs, dir);
        key = openSsh.key("user", "ed25519");
        List<String> server = openSsh.server(key);
        LabScript script = new LabScript(dir.resolve("lab"));
        script.answers(JsonMapper.shared().writeValueAsString(Map.of("ssh", server)));
        world = LabWorld.start("setup_script = " + script.path() + "\n" + LabWorld.boards("cora", 1));
    }

    @AfterAll
    static void stop() {
        programs.close();
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void reserve() {
        world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.ann).expect(200);
    }

    @AfterEach
    void release() {
        world.bitelab("POST", "/board/cora-1/release", null, world.ann);
    }

    private static Map<String, String> environment(Person who) {
        return Map.of("MUSTER_URL", world.server.baseUrl(), "MUSTER_TOKEN", who.token(), "BITELAB_AUTH", who.token());
    }

    private static List<String> ours(String program, String... words) {
        return OpenSsh.client(program, key, LAUNCHER + " lab tunnel %h", words);
    }

    private static List<String> plain(String program, String... words) {
        String url = world.server.baseUrl();
        int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
        return OpenSsh.client(program, key, openSsh.proxyCommand(port, "/bitelab/board/%h/ssh/ws"), words);
    }

    private static String user() {
        return System.getProperty("user.name") + "@cora-1";
    }

    private static Path random(String name) throws Exception {
        byte[] bytes = new byte[MEGABYTES];
        new Random(7).nextBytes(bytes);
        return Files.write(dir.resolve(name), bytes);
    }

    @Test
    void commandsRunOnTheBoard() {
        Result result = programs.run(
                environment(world.ann), null, LONG_ENOUGH, ours("ssh", user(), "echo hello; echo no >&2; exit 7"));

        assertThat(result.errors()).contains("no\n");
        assertThat(result.text()).isEqualTo("hello\n");
        assertThat(result.exit()).isEqualTo(7);
    }

    @Test
    void twentyMegabytesGoBothWaysUnharmed() throws Exception {
        Path input = random("in");

        Result result = programs.run(environment(world.ann), input, LONG_ENOUGH, ours("ssh", user(), "cat"));

        assertThat(result.exit()).as(result.errors()).isZero();
        assertThat(Arrays.equals(result.output(), Files.readAllBytes(input))).isTrue();
    }

    @Test
    void filesGoBothWays() throws Exception {
        Path there = dir.resolve("there");
        Path back = dir.resolve("back");
        Path here = random("here");
        Path batch =
                Files.writeString(dir.resolve("batch"), "put %s %s\nget %s %s\n".formatted(here, there, there, back));

        Result result =
                programs.run(environment(world.ann), null, LONG_ENOUGH, plain("sftp", "-b", batch.toString(), user()));

        assertThat(result.exit()).as(result.errors()).isZero();
        assertThat(Files.mismatch(here, there)).isEqualTo(-1);
        assertThat(Files.mismatch(here, back)).isEqualTo(-1);
    }

    @Test
    void whoIsNotLetInIsToldWhyBeforeAnythingElse() {
        Result stranger = programs.run(environment(world.bob), null, LONG_ENOUGH, plain("ssh", user(), "true"));
        assertThat(stranger.exit()).isEqualTo(255);
        assertThat(stranger.errors()).contains("Somebody else has the board");

        Result ours = programs.run(environment(world.bob), null, LONG_ENOUGH, ours("ssh", user(), "true"));
        assertThat(ours.exit()).isEqualTo(255);
        assertThat(ours.errors()).contains("not yours");

        world.bitelab("POST", "/board/cora-1/share", Map.of("user", "bob", "mode", "rw"), world.ann)
                .expect(200);
        Result guest = programs.run(environment(world.bob), null, LONG_ENOUGH, plain("ssh", user(), "echo shared"));
        assertThat(guest.text()).isEqualTo("shared\n");
    }

    @Test
    void aReleaseInTheMiddleOfATransferEndsItWithinTwoSecondsAndLeavesNoProgramBehind() throws Exception {
        Path output = dir.resolve("zeros");
        Process ssh = programs.start(
                environment(world.ann), null, output, plain("ssh", user(), "echo $PPID >&2; cat /dev/zero"));
        Awaitility.await().atMost(LONG_ENOUGH).until(() -> Files.exists(output) && Files.size(output) > 4 << 20);
        long began = System.nanoTime();

        world.bitelab("POST", "/board/cora-1/release", null, world.ann).expect(200);

        assertThat(ssh.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        String said = new String(ssh.getErrorStream().readAllBytes());
        assertThat(said).contains("closed: 4403");
        long sshd = Long.parseLong(
                said.lines().filter(line -> line.matches("\\d+")).findFirst().orElseThrow());
        Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> ProcessHandle.of(sshd)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }

    /** Whoever is not interested in what comes does not hold the release up. */
    @Test
    void aReleaseEndsTheTunnelOfWhoDoesNotReadToo() {
        LabSocket socket = world.open("/board/cora-1/ssh/ws", world.ann);
        socket.reads(false);
        long began = System.nanoTime();

        world.bitelab("POST", "/board/cora-1/release", null, world.ann).expect(200);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        socket.reads(true);
        assertThat(socket.closeCode()).isEqualTo(4403);
    }
}
