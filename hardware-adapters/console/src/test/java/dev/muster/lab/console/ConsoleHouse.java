package dev.muster.lab.console;

import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.ConsoleLines.Attached;
import dev.muster.lab.ConsoleLines.Notice;
import dev.muster.lab.ReservationId;
import dev.muster.testing.Programs;
import dev.muster.testing.SerialCables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the tests of lines share: serial lines, boards, programs on the other side, and somebody who looks. */
final class ConsoleHouse implements AutoCloseable {

    static final BoardName BOARD = new BoardName("cora-1");
    static final Duration SOON = Duration.ofSeconds(10);
    static final int ALL = 1 << 20;

    final SerialLines lines;
    private final Programs programs;
    private final SerialCables cables;

    ConsoleHouse(Path directory) {
        this(directory, Duration.ofSeconds(10));
    }

    ConsoleHouse(Path directory, Duration writeTimeout) {
        this(directory, writeTimeout, directory);
    }

    ConsoleHouse(Path directory, Duration writeTimeout, Path lockDirectory) {
        this.programs = new Programs(directory.resolve("programs.log"));
        this.cables = new SerialCables(programs, directory);
        this.lines = new SerialLines(settings(lockDirectory, writeTimeout));
    }

    static ConsoleSettings settings(Path lockDirectory, Duration writeTimeout) {
        ConsoleSettings usual = ConsoleSettings.DEFAULTS;
        return new ConsoleSettings(
                usual.historyBytesMax(),
                usual.pieceBytesMax(),
                usual.readersMax(),
                usual.noticesMax(),
                usual.outboxBytesMax(),
                usual.outboxOrdersMax(),
                Duration.ofSeconds(2),
                usual.openTimeout(),
                writeTimeout,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                lockDirectory);
    }

    static BoardDefinition board(String name, Object... members) {
        Map<String, Object> parameters = new HashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            parameters.put((String) members[i], members[i + 1]);
        }
        List<BoardOption> options =
                parameters.isEmpty() ? List.of() : List.of(new BoardOption("serialconsole", parameters));
        return new BoardDefinition(
                new BoardName(name), "cora-z7s", Map.of(), options, Map.of(), null, 3600, 7200, false, null, null);
    }

    static ReservationId reservation(int number) {
        return new ReservationId(new UUID(0, number));
    }

    CompletableFuture<Void> open(Object... members) {
        return lines.open(board(BOARD.value(), members), reservation(1));
    }

    Viewer look(String user, boolean writes, int replayBytes) {
        Attached attached = lines.attach(BOARD, user, writes, replayBytes);
        if (attached == null) {
            throw new AssertionError("the line is not open");
        }
        return new Viewer(attached);
    }

    static void assumeProgram(String name) {
        Programs.assume(name, name.equals("flock") ? "util-linux" : name);
    }

    /** As {@link SerialCables#boot}. */
    Process boot(Path device) {
        return cables.boot(device);
    }

    Process start(String... argv) {
        return programs.start(argv);
    }

    static void stop(Process process) {
        Programs.end(process);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        lines.close();
        programs.close();
    }

    /** One who looks and remembers everything. */
    static final class Viewer {

        final Attached attached;
        final Queue<Notice> notices = new ConcurrentLinkedQueue<>();
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        volatile boolean ended;
        volatile @Nullable Throwable failure;

        Viewer(Attached attached) {
            this.attached = attached;
            attached.notices().subscribe(notices::add);
            attached.output()
                    .subscribe(
                            bytes -> {
                                synchronized (seen) {
                                    seen.writeBytes(bytes);
                                }
                            },
                            error -> failure = error,
                            () -> ended = true);
        }

        byte[] bytes() {
            synchronized (seen) {
                return seen.toByteArray();
            }
        }

        String text() {
            return new String(bytes(), StandardCharsets.ISO_8859_1);
        }

        void sees(String text) {
            await().atMost(SOON)
                    .failFast("the output failed", () -> failure != null)
                    .untilAsserted(() ->
                            org.assertj.core.api.Assertions.assertThat(text()).contains(text));
        }

        void hears(Notice notice) {
            await().atMost(SOON).until(() -> notices.contains(notice));
        }

        void types(String text) {
            attached.write(text.getBytes(StandardCharsets.ISO_8859_1))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
        }
    }
}
