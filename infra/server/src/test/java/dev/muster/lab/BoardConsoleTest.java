package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.LabWorld.Answer;
import dev.muster.testing.Programs;
import dev.muster.testing.SerialCables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract §11.8: the serial console over a pair of pseudo terminals, with this test as the board at their other end. */
class BoardConsoleTest {

    private static final String BOOT = "U-Boot 2026.01\r\nHit any key\r\n=> ";

    @TempDir
    static Path dir;

    private static LabWorld world;
    private static Path port;

    private final Programs programs = new Programs(dir.resolve("programs.log"));
    private Process cable;
    private FarSide board;

    @BeforeAll
    static void start() {
        Programs.assume("socat", "socat");
        port = dir.resolve("ttyU0");
        world = LabWorld.start("""
                classes { cora { arch = armv7 } }
                boards { name = cora-1, brdclass = cora, options = [
                    { cls = serialconsole, val = %s },
                    { cls = snmppower, host = pdu, port = 1, profile = fake, cycle_delay = 300ms },
                ] }
                """.formatted(port));
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @BeforeEach
    void reserve() throws IOException {
        plug();
        world.bitelab("POST", "/board/cora-1/reserve", Map.of("power", "off"), world.ann)
                .expect(200);
    }

    @AfterEach
    void release() throws IOException {
        world.bitelab("POST", "/board/cora-1/release", null, world.boss);
        world.awaitState("cora-1", "free");
        board.close();
        programs.close();
    }

    private void plug() throws IOException {
        Path far = dir.resolve("far-" + System.nanoTime());
        cable = new SerialCables(programs, dir).cable(port, far);
        board = new FarSide(far);
    }

    private static LabSocket console(LabWorld.Person who, String query) {
        return world.open("/board/cora-1/console/ws" + query, who);
    }

    private static void sees(LabSocket socket, String text) {
        await().atMost(LabWorld.WAIT)
                .untilAsserted(() -> assertThat(socket.heard()).contains(text));
    }

    private static void hears(LabSocket socket, String part) {
        await().atMost(LabWorld.WAIT)
                .untilAsserted(() -> assertThat(socket.texts).anyMatch(text -> text.contains(part)));
    }

    @Test
    void whatTheBoardSaidSinceItWasReservedIsThereForWhoComesLater() throws Exception {
        board.says(BOOT);
        LabSocket first = console(world.ann, "");
        sees(first, BOOT);
        LabSocket brief = console(world.ann, "?mode=ro&replay=3");
        sees(brief, "=> ");
        LabSocket none = console(world.ann, "?mode=ro&replay=0");

        board.says("more");

        sees(none, "more");
        sees(brief, "more");
        assertThat(brief.heard()).isEqualTo("=> more");
        assertThat(none.heard()).isEqualTo("more");
        assertThat(first.heard()).isEqualTo(BOOT + "more");
    }

    @Test
    void theNextReservationSeesNothingOfTheLastOne() throws Exception {
        board.says("my secret");
        sees(console(world.ann, ""), "my secret");
        world.bitelab("POST", "/board/cora-1/release", null, world.ann).expect(200);
        world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.bob).expect(200);
        LabSocket bob = console(world.bob, "?replay=1048576");

        board.says("hello");

        sees(bob, "hello");
        assertThat(bob.heard()).isEqualTo("hello");
    }

    @Test
    void manySeeOneWritesAndThePenGoesFromHandToHand() throws Exception {
        world.bitelab("POST", "/board/cora-1/share", Map.of("user", "bob", "mode", "rw"), world.ann)
                .expect(200);
        world.bitelab("POST", "/board/cora-1/share", Map.of("user", "eve", "mode", "ro"), world.ann)
                .expect(200);
        LabSocket ann = console(world.ann, "");
        ann.send("version\r");
        board.hears("version\r");
        LabSocket bob = console(world.bob, "?mode=rw");
        LabSocket eve = console(world.eve, "");
        assertThat(bob.json(0).path("writer").asString()).isEqualTo("ann");
        bob.send("not yet\r");
        hears(bob, "no-pen");
        eve.send("never\r");
        hears(eve, "read-only");
        assertThatThrownBy(() -> console(world.eve, "?mode=rw")).hasMessageContaining("403");

        bob.say("{\"cmd\":\"take\"}");
        hears(ann, "\"writer\":\"bob\"");
        hears(eve, "\"writer\":\"bob\"");
        ann.send("not any more\r");
        hears(ann, "no-pen");
        bob.send("reset\r");
        board.hears("reset\r");
        board.says("resetting");

        for (LabSocket each : new LabSocket[] {ann, bob, eve}) {
            sees(each, "resetting");
        }
        assertThat(board.heard()).isEqualTo("version\rreset\r");
        bob.close();
        hears(ann, "\"writer\":null");
        ann.say("{\"cmd\":\"take\"}");
        ann.send("ann again\r");
        board.hears("ann again\r");
    }

    @Test
    void breaksAndRatesAreOrderedByWhoHasThePen() throws Exception {
        LabSocket ann = console(world.ann, "");
        LabSocket looker = console(world.ann, "?mode=ro");

        ann.say("{\"cmd\":\"break\"}");
        ann.say("{\"cmd\":\"baud\",\"value\":57600}");
        ann.send("after\r");
        board.hears("after\r");
        assertThat(rate()).isEqualTo("57600");
        ann.say("{\"cmd\":\"baud\",\"value\":3}");
        hears(ann, "bad-value");
        looker.say("{\"cmd\":\"break\"}");
        hears(looker, "read-only");
        assertThat(ann.isOpen()).isTrue();
    }

    @Test
    void thePowerIsCycledWithoutLeavingTheConsole() {
        LabSocket ann = console(world.ann, "");
        LabSocket looker = console(world.boss, "");
        ann.say("{\"cmd\":\"power\",\"value\":\"on\"}");
        hears(ann, "{\"event\":\"power\",\"value\":true}");
        hears(looker, "{\"event\":\"power\",\"value\":true}");

        ann.say("{\"cmd\":\"power\",\"value\":\"cycle\"}");

        await().pollInterval(Duration.ofMillis(10))
                .atMost(LabWorld.WAIT)
                .until(() -> world.fakes().power("pdu", "1") == Power.OFF);
        await().atMost(LabWorld.WAIT).until(() -> world.fakes().power("pdu", "1") == Power.ON);
        looker.say("{\"cmd\":\"power\",\"value\":\"off\"}");
        hears(looker, "read-only");
        await().atMost(LabWorld.WAIT)
                .until(() -> world.board("cora-1").path("attrs").path("power").asBoolean(false));
        ann.say("{\"cmd\":\"power\",\"value\":\"off\"}");
        hears(ann, "{\"event\":\"power\",\"value\":false}");
    }

    @Test
    void aLostPortIsToldAndComesBackWithItsHistory() throws Exception {
        board.says("before");
        LabSocket ann = console(world.ann, "");
        sees(ann, "before");

        Programs.end(cable);
        hears(ann, "{\"event\":\"console-lost\"}");
        assertThat(world.board("cora-1").path("state").asString()).isEqualTo("reserved");
        world.await("cora-1", it -> it.path("degraded").asString("").contains("console"));
        board.close();
        plug();
        hears(ann, "{\"event\":\"console-back\"}");
        board.says(" after");

        sees(ann, "before after");
        ann.send("still mine\r");
        board.hears("still mine\r");
        world.await("cora-1", it -> it.path("degraded").isMissingNode());
    }

    @Test
    void aReleaseClosesAllConsolesWithinTwoSeconds() {
        LabSocket ann = console(world.ann, "");
        LabSocket boss = console(world.boss, "");
        long began = System.nanoTime();

        world.bitelab("POST", "/board/cora-1/release", null, world.ann).expect(200);

        assertThat(ann.closeCode()).isEqualTo(4403);
        assertThat(boss.closeCode()).isEqualTo(4403);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aPortThatAnotherProgramHoldsCannotBeLent() throws Exception {
        world.bitelab("POST", "/board/cora-1/release", null, world.ann).expect(200);
        Programs.assume("flock", "util-linux");
        Process holder = programs.start("flock", "-n", port.toRealPath().toString(), "sleep", "60");
        await().atMost(LabWorld.WAIT).until(() -> holder.descendants().findAny().isPresent());

        Answer answer = world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.ann);

        assertThat(answer.expect(503).code()).isEqualTo("console-busy");
        world.awaitState("cora-1", "free");
        Programs.kill(holder);
        world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.ann).expect(200);
    }

    private static String rate() throws IOException {
        Process stty = new ProcessBuilder("stty", "-F", port.toString(), "speed").start();
        return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }

    /** The board's end of the cable. */
    private static final class FarSide implements AutoCloseable {

        private final OutputStream out;
        private final InputStream in;
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

        FarSide(Path pty) throws IOException {
            out = Files.newOutputStream(pty);
            in = Files.newInputStream(pty);
            Thread.ofPlatform().daemon().name("board").start(this::listen);
        }

        private void listen() {
            byte[] bytes = new byte[4096];
            try {
                for (int length; (length = in.read(bytes)) >= 0; ) {
                    synchronized (heard) {
                        heard.write(bytes, 0, length);
                    }
                }
            } catch (IOException e) {
                // The cable was pulled.
            }
        }

        void says(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        String heard() {
            synchronized (heard) {
                return heard.toString(StandardCharsets.ISO_8859_1);
            }
        }

        void hears(String text) {
            await().atMost(LabWorld.WAIT)
                    .untilAsserted(() -> assertThat(heard()).contains(text));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
