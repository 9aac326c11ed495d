package dev.muster.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabWorld.Answer;
import dev.muster.lab.environment.LocalProcesses;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Contract §11.7: commands in a board's environment over {@code bitelab.exec.v1}. */
class BoardExecTest {

    private static final String PROTOCOL = "bitelab.exec.v1";
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final long MEBIBYTE = 1 << 20;
    /** What is said in all: as much as in the contract's half a minute at a mebibyte a second. */
    private static final long FLOOD_BYTES = 30 * MEBIBYTE;
    /** In how long; {@code -Dmuster.test.flood=PT30S} is the contract's own pace. */
    private static final Duration FLOOD = Duration.parse(System.getProperty("muster.test.flood", "PT8S"));

    @TempDir
    static Path dir;

    private static LabWorld world;

    @BeforeAll
    static void start() {
        LabScript script = new LabScript(dir.resolve("lab"));
        script.answers("{\"exec\":[\"/usr/bin/env\",\"INSIDE=yes\"]}");
        world = LabWorld.start("setup_script = " + script.path() + "\n" + LabWorld.boards("cora", 1));
        world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.ann).expect(200);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static LabSocket exec(Map<String, Object> order) {
        LabSocket socket = world.open("/board/cora-1/exec/ws", world.ann, PROTOCOL);
        socket.say(JsonMapper.shared().writeValueAsString(order));
        return socket;
    }

    private static LabSocket exec(String... args) {
        LabSocket socket = exec(Map.of("cmd", "exec", "args", List.of(args)));
        assertThat(socket.json(0).toString()).isEqualTo("{\"status\":\"started\"}");
        return socket;
    }

    private static String text(LabSocket socket, int stream) {
        return new String(socket.stream(stream), UTF_8);
    }

    private static String exit(LabSocket socket) {
        assertThat(socket.closeCode()).isEqualTo(1000);
        return socket.texts.getLast();
    }

    @Test
    void outputErrorsAndExitCodeComeApart() {
        LabSocket socket = exec("sh", "-c", "echo out $INSIDE; echo err >&2; exit 3");

        assertThat(exit(socket)).isEqualTo("{\"exit\":{\"code\":3}}");
        assertThat(text(socket, STDOUT)).isEqualTo("out yes\n");
        assertThat(text(socket, STDERR)).isEqualTo("err\n");
        assertThat(socket.messages).contains(new byte[] {STDOUT}, new byte[] {STDERR});
    }

    @Test
    void wordsReachTheProgramAsTheyAreAndNothingOfTheServerDoes() {
        LabSocket socket = exec(Map.of(
                "cmd",
                "exec",
                "args",
                List.of("sh", "-c", "printf '%s|' \"$@\"; env; pwd", "x", "a b", "$HOME", ";ls"),
                "env",
                Map.of("WISH", "1 2"),
                "cwd",
                "/usr"));

        assertThat(exit(socket)).isEqualTo("{\"exit\":{\"code\":0}}");
        assertThat(text(socket, STDOUT))
                .startsWith("a b|$HOME|;ls|")
                .contains("WISH=1 2\n", "INSIDE=yes\n")
                .endsWith("/usr\n")
                .doesNotContain("JAVA", "MAVEN");
    }

    @Test
    void inputReachesTheProgramAndEnds() {
        LabSocket socket = exec("sh", "-c", "cat; echo ended");
        socket.send(STDIN, "one ".getBytes(UTF_8));
        socket.send(STDIN, "two ".getBytes(UTF_8));
        Awaitility.await().atMost(LabWorld.WAIT).until(() -> text(socket, STDOUT)
                .equals("one two "));

        socket.send(new byte[] {STDIN});

        assertThat(exit(socket)).isEqualTo("{\"exit\":{\"code\":0}}");
        assertThat(text(socket, STDOUT)).isEqualTo("one two ended\n");
    }

    @Test
    void signalsReachAllThatRunsAndAreSaidAtTheEnd() {
        LabSocket killed = exec("sh", "-c", "sleep 600 & sleep 600");
        killed.say("{\"cmd\":\"signal\",\"name\":\"KILL\"}");
        assertThat(exit(killed)).isEqualTo("{\"exit\":{\"signal\":\"KILL\"}}");

        // Not INT: whoever starts the tests in the background makes all that follows deaf to it.
        LabSocket asked = exec("sh", "-c", "trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.1; done");
        Awaitility.await().atMost(LabWorld.WAIT).until(() -> text(asked, STDOUT).equals("ready\n"));
        asked.say("{\"cmd\":\"signal\",\"name\":\"TERM\"}");
        assertThat(exit(asked)).isEqualTo("{\"exit\":{\"code\":5}}");
        assertThat(text(asked, STDOUT)).isEqualTo("ready\ncaught\n");
    }

    @Test
    void aSignalRightBehindTheStartOnATerminalArrives() {
        for (int i = 0; i < 10; i++) {
            LabSocket socket = exec(Map.of(
                    "cmd",
                    "exec",
                    "args",
                    List.of("sleep", "600"),
                    "pty",
                    Map.of("term", "xterm", "cols", 80, "rows", 24)));
            assertThat(socket.json(0).path("status").asString()).isEqualTo("started");
            socket.say("{\"cmd\":\"signal\",\"name\":\"TERM\"}");
            assertThat(exit(socket)).isEqualTo("{\"exit\":{\"signal\":\"TERM\"}}");
        }
    }

    @Test
    void aTerminalHasASizeThatChangesAndOneStream() {
        LabSocket socket = exec(Map.of(
                "cmd", "exec",
                "args",
                        List.of(
                                "sh",
                                "-c",
                                "stty size; tty >&2; while [ \"$(stty size)\" = '24 80' ]; do sleep 0.1; done; stty size"),
                "pty", Map.of("term", "xterm", "cols", 80, "rows", 24)));
        Awaitility.await()
                .atMost(LabWorld.WAIT)
                .until(() -> text(socket, STDOUT).contains("24 80\r\n")
                        && text(socket, STDOUT).contains("/dev/pts/"));

        socket.say("{\"cmd\":\"resize\",\"cols\":132,\"rows\":43}");

        assertThat(exit(socket)).isEqualTo("{\"exit\":{\"code\":0}}");
        assertThat(text(socket, STDOUT)).contains("43 132\r\n");
        assertThat(socket.messages).noneMatch(each -> each.length > 0 && each[0] == STDERR);
    }

    @Test
    void whatCannotBeStartedIsSaidAndTheChannelEnds() {
        LabSocket wrong = exec(Map.of("cmd", "exec", "args", List.of()));
        assertThat(wrong.json(0).path("status").asString()).isEqualTo("error");
        assertThat(wrong.closeCode()).isEqualTo(4500);
        LabSocket missing = exec("/no/such/program");
        assertThat(exit(missing)).as("env says so").isEqualTo("{\"exit\":{\"code\":127}}");
    }

    @Test
    void whoGoesTakesTheirProgramsAlongAndWhoseBoardItIsNotRunsNothing() {
        LocalProcesses processes = world.server.bean(LocalProcesses.class);
        Awaitility.await().atMost(LabWorld.WAIT).until(() -> processes.running() == 0);
        LabSocket socket = exec("sh", "-c", "trap '' HUP; sleep 600 & sleep 600");
        assertThat(processes.running()).isEqualTo(1);

        socket.close();

        Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> processes.running() == 0);
        Answer refused = world.bitelab("GET", "/board/cora-1/exec/ws", null, world.bob);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("not-holder");
    }

    /**
     * A program that says much to somebody who reads a small part of it: it is held up, and the server keeps no more of it
     * than the contract allows (a mebibyte, and what lies in the kernel's buffers), however long it lasts.
     */
    @Test
    void aSlowReaderHoldsAFastProgramUpAndMemoryStaysFlat() throws Exception {
        Path said = dir.resolve("said");
        LabSocket socket =
                exec("python3", "-uc", """
                import os, sys, time
                pace, piece, said, began = float(sys.argv[2]), b'x' * 65536, 0, time.monotonic()
                while True:
                    os.write(1, piece)
                    said += len(piece)
                    with open(sys.argv[1] + '.new', 'w') as f: f.write(str(said))
                    os.replace(sys.argv[1] + '.new', sys.argv[1])
                    time.sleep(max(0, said / pace - (time.monotonic() - began)))
                """, said.toString(), String.valueOf(FLOOD_BYTES / FLOOD.toSeconds()));
        socket.reads(false);
        Awaitility.await().atMost(LabWorld.WAIT).until(() -> Files.exists(said));
        long before = memory();
        long read = 0;
        long began = System.nanoTime();
        while (System.nanoTime() - began < FLOOD.toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
            read += socket.messages.stream().mapToLong(each -> each.length).sum();
            socket.messages.clear();
            socket.reads(true);
            socket.reads(false);
        }

        long ahead = Long.parseLong(Files.readString(said)) - read;
        assertThat(read).as("it goes on").isGreaterThan(FLOOD.toSeconds() * 20_000);
        assertThat(ahead).as("what is on its way").isLessThan(FLOOD_BYTES / 2);
        assertThat(memory() - before).as("bytes more in memory").isLessThan(FLOOD_BYTES / 3);
        socket.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(8))
                .until(() -> world.server.bean(LocalProcesses.class).running() == 0);
    }

    /** Live bytes of this process, the server's and the test's: heap after a collection, and buffers outside of it. */
    private static long memory() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            least = Math.min(least, heap + buffers + Math.max(0, PlatformDependent.usedDirectMemory()));
        }
        return least;
    }
}
