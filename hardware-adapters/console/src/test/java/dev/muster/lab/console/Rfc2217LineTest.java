package dev.muster.lab.console;

import static dev.muster.lab.console.ConsoleHouse.ALL;
import static dev.muster.lab.console.ConsoleHouse.BOARD;
import static dev.muster.lab.console.ConsoleHouse.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.console.ConsoleHouse.Viewer;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes an RFC 2217 server gets, and what comes of its answers. */
class Rfc2217LineTest {

    private static final String DO_COM_PORT = "fffd2c";
    private static final String DONT_COM_PORT = "fffe2c";
    /** What the line tells a server that accepted: only then it can be asked for more. */
    private static final String SETTINGS = "fffa2c0100009600fff0" + "fffa2c0207fff0" + "fffa2c0303fff0"
            + "fffa2c0402fff0" + "fffa2c0501fff0" + "fffa2c0a00fff0" + "fffa2c0b00fff0";

    @TempDir
    Path directory;

    ConsoleHouse house;
    FarEnd server;
    Viewer ann;

    @BeforeEach
    void build() throws Exception {
        house = new ConsoleHouse(directory);
        server = new FarEnd();
        CompletableFuture<Void> opened =
                house.open("val", "rfc2217://127.0.0.1:" + server.port(), "baud", 38_400, "format", "7E2");
        server.accept();
        opened.get(5, TimeUnit.SECONDS);
        ann = house.look("ann", true, ALL);
        server.hears("fffb2cfffb00fffb03fffd00fffd03");
    }

    @AfterEach
    void tearDown() throws Exception {
        house.close();
        server.close();
    }

    @Test
    void aServerThatAcceptsIsToldRateAndFormat() throws Exception {
        server.say(DO_COM_PORT);

        server.hears(SETTINGS);
    }

    @Test
    void aBreakIsSwitchedOnAndOff() throws Exception {
        server.say(DO_COM_PORT);
        server.hears(SETTINGS);

        ann.attached.sendBreak().get(5, TimeUnit.SECONDS);

        server.hears("fffa2c0505fff0fffa2c0506fff0");
    }

    @Test
    void aRateCountsWhenTheServerConfirmsIt() throws Exception {
        server.say(DO_COM_PORT);
        server.hears(SETTINGS);
        CompletableFuture<Void> done = ann.attached.baud(9600);
        server.hears("fffa2c0100002580fff0");
        assertThat(done).isNotDone();

        server.say("fffa2c6500009600fff0");
        server.say("fffa2c6500002580fff0");

        done.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aRateTheServerDoesNotTakeIsABadValue() throws Exception {
        server.say(DO_COM_PORT + "fffa2c6500009600fff0");
        server.hears(SETTINGS);
        CompletableFuture<Void> done = ann.attached.baud(9600);
        server.hears("fffa2c0100002580fff0");
        server.say("fffa2c6500009600fff0");

        assertRefused(done, LabRefusal.BAD_VALUE);
    }

    @Test
    void aServerThatDeclinesOrIsSilentIsAPlainTelnetLine() throws Exception {
        assertRefused(ann.attached.sendBreak(), LabRefusal.BAD_VALUE);
        server.say(DONT_COM_PORT + "68656c6c6f");

        ann.sees("hello");
        assertRefused(ann.attached.sendBreak(), LabRefusal.BAD_VALUE);
        assertRefused(ann.attached.baud(9600), LabRefusal.BAD_VALUE);
    }

    @Test
    void bytesAreEscapedBothWays() throws Exception {
        server.say("fffd00fffb00");
        server.say("61ffff0d0062");
        ann.sees("a\u00ff\r\u0000b");

        ann.types("x\u00ff\r");

        server.hears("78ffff0d");
    }

    @Test
    void aServerThatSuspendsGetsNothingUntilItResumes() throws Exception {
        server.say(DO_COM_PORT + "fffa2c6c" + "00fff0" + "6f6b");
        ann.sees("ok");
        CompletableFuture<Void> done = ann.attached.write(new byte[] {'Q', 'Q', 'Q'});
        Thread.sleep(200);
        assertThat(server.heard()).doesNotContain("515151");

        server.say("fffa2c6d" + "00fff0");

        done.get(5, TimeUnit.SECONDS);
        server.hears("515151");
    }

    @Test
    void hostileBytesEndInALineThatStillCloses() throws Exception {
        Random random = new Random(11);
        byte[] noise = new byte[4096];
        try {
            for (int i = 0; i < 200; i++) {
                random.nextBytes(noise);
                for (int at = 0; at < noise.length; at += 1 + random.nextInt(6)) {
                    noise[at] = (byte) (240 + random.nextInt(16));
                }
                server.say(noise);
            }
        } catch (SocketException e) {
            // The line may hang up on such a far end; that is its right.
        }
        await().atMost(SOON).until(() -> ann.bytes().length > 0);

        house.lines.close(BOARD).get(2, TimeUnit.SECONDS);

        await().atMost(SOON).until(() -> ann.ended);
    }

    private static void assertRefused(CompletableFuture<Void> done, LabRefusal refusal) {
        await().atMost(SOON).until(done::isDone);
        assertThat(Refused.in(done.exceptionNow()).orElseThrow().code()).isEqualTo(refusal.code());
    }
}
