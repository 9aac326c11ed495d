package dev.muster.lab.console;

import static dev.muster.lab.console.ConsoleHouse.ALL;
import static dev.muster.lab.console.ConsoleHouse.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.kernel.Refused;
import dev.muster.lab.ConsoleLines.Notice;
import dev.muster.lab.ConsoleLines.NoticeKind;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.console.ConsoleHouse.Viewer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's ser2net with a boot loader on its serial port, over raw TCP and over RFC 2217. */
class Ser2netTest {

    /** Where Debian's ser2net leaves its lock files. */
    private static final Path LOCKS = Path.of("/var/lock");

    @TempDir
    Path directory;

    ConsoleHouse house;
    Path device;
    int port;

    @BeforeEach
    void build() throws Exception {
        ConsoleHouse.assumeProgram("ser2net");
        house = new ConsoleHouse(directory, SOON, LOCKS);
        device = directory.resolve("ttyBoard");
        port = ConsoleHouse.freePort();
        house.boot(device);
    }

    @AfterEach
    void tearDown() throws Exception {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void rawTcpCarriesTheConsole() throws Exception {
        serve("tcp");
        house.open("val", "127.0.0.1:" + port).get(5, TimeUnit.SECONDS);
        Viewer ann = house.look("ann", true, ALL);
        ann.sees("=> ");

        ann.types("version\r");

        ann.sees("=> version\r\nU-Boot 2026.01 (muster)\r\n=> ");
    }

    @Test
    void rfc2217CarriesTheConsoleWithBreaksAndRates() throws Exception {
        serve("telnet(rfc2217),tcp");
        house.open("val", "rfc2217://127.0.0.1:" + port, "baud", 57_600).get(5, TimeUnit.SECONDS);
        Viewer ann = house.look("ann", true, ALL);
        ann.sees("=> ");
        await().atMost(SOON).untilAsserted(() -> assertThat(rate()).isEqualTo("57600"));

        ann.attached.sendBreak().get(5, TimeUnit.SECONDS);
        ann.attached.baud(9600).get(10, TimeUnit.SECONDS);

        assertThat(rate()).isEqualTo("9600");
        ann.types("version\r");
        ann.sees("=> version\r\nU-Boot 2026.01 (muster)\r\n=> ");
        ann.types("x\u00ff\r");
        await().atMost(SOON).until(() -> ann.text().contains("=> x\u00ff\r\nUnknown command"));
    }

    @Test
    void aServerThatGoesAndComesIsALineLostAndBack() throws Exception {
        Process server = serve("telnet(rfc2217),tcp");
        house.open("val", "rfc2217://127.0.0.1:" + port).get(5, TimeUnit.SECONDS);
        Viewer ann = house.look("ann", true, ALL);
        ann.sees("=> ");

        ConsoleHouse.stop(server);
        ann.hears(new Notice(NoticeKind.LOST, null));
        house.boot(directory.resolve("ttyBoard2"));
        device = directory.resolve("ttyBoard2");
        serve("telnet(rfc2217),tcp");

        ann.hears(new Notice(NoticeKind.BACK, null));
        await().atMost(SOON).untilAsserted(() -> assertThat(ann.text().split("Hit any key", -1))
                .hasSize(3));
        ann.types("version\r");
        ann.sees("=> version\r\nU-Boot");
    }

    @Test
    void aPortThatSer2netHoldsIsBusy() throws Exception {
        assumeTrue(Files.isWritable(LOCKS), "SKIPPED: " + LOCKS + " is not writable here");
        serve("tcp");
        try (Socket someone = new Socket("127.0.0.1", port)) {
            assertThat(someone.getInputStream().readNBytes(8)).hasSize(8);

            assertThat(house.open("val", device.toString()))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .satisfies(failure -> assertThat(
                                    Refused.in(failure).orElseThrow().code())
                            .isEqualTo(LabRefusal.CONSOLE_BUSY.code()));
        }
    }

    private Process serve(String accepter) throws IOException {
        Path configuration = directory.resolve("ser2net.yaml");
        Files.writeString(configuration, """
                connection: &board
                  accepter: %s,127.0.0.1,%d
                  connector: serialdev,%s,115200n81,local
                """.formatted(accepter, port, device));
        Process server = house.start("ser2net", "-n", "-c", configuration.toString());
        await().atMost(SOON).until(() -> accepts());
        return server;
    }

    /** Looks without a connection, which would boot the board: ser2net opens its port for every caller. */
    private boolean accepts() throws IOException {
        String listening = ":%04X 00000000:0000 0A".formatted(port);
        return Files.readString(Path.of("/proc/net/tcp")).contains(listening);
    }

    private String rate() throws IOException {
        Process stty = new ProcessBuilder("stty", "-F", device.toString(), "speed").start();
        return new String(stty.getInputStream().readAllBytes()).strip();
    }
}
