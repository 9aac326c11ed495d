package dev.muster.lab.console;

import static dev.muster.lab.console.ConsoleHouse.ALL;
import static dev.muster.lab.console.ConsoleHouse.BOARD;
import static dev.muster.lab.console.ConsoleHouse.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardName;
import dev.muster.lab.ConsoleLines.Notice;
import dev.muster.lab.ConsoleLines.NoticeKind;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.console.ConsoleHouse.Viewer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device of this machine: a pseudo terminal with a boot loader behind it. */
class DeviceLineTest {

    @TempDir
    Path directory;

    ConsoleHouse house;
    Path device;
    InputStream keeper;

    @BeforeEach
    void build() {
        house = new ConsoleHouse(directory);
        device = directory.resolve("ttyBoard");
    }

    @AfterEach
    void tearDown() throws Exception {
        if (keeper != null) {
            keeper.close();
        }
        house.close();
    }

    @Test
    void bootOutputIsThereForWhoComesLater() throws Exception {
        house.boot(device);
        open();
        Viewer first = house.look("ann", false, 0);
        first.sees("=> ");

        Viewer later = house.look("bob", false, ALL);
        Viewer brief = house.look("cyd", false, 3);

        later.sees("U-Boot 2026.01 (muster)\r\nDRAM:  2 GiB");
        brief.sees("=> ");
        assertThat(brief.text()).isEqualTo("=> ");
    }

    @Test
    void twoReadersSeeTheSameAndWhatIsTypedIsEchoed() throws Exception {
        house.boot(device);
        open();
        Viewer ann = house.look("ann", true, ALL);
        Viewer bob = house.look("bob", false, ALL);
        ann.sees("=> ");

        ann.types("version\r");

        ann.sees("=> version\r\nU-Boot 2026.01 (muster)\r\n=> ");
        bob.sees("=> version\r\nU-Boot 2026.01 (muster)\r\n=> ");
        assertThat(bob.bytes()).isEqualTo(ann.bytes());
    }

    @Test
    void thePenGoesFromHandToHand() throws Exception {
        house.boot(device);
        open();
        Viewer ann = house.look("ann", true, ALL);
        Viewer bob = house.look("bob", true, ALL);

        assertThat(ann.attached.isWriter()).isTrue();
        assertThat(bob.attached.isWriter()).isFalse();
        bob.hears(new Notice(NoticeKind.WRITER, "ann"));
        bob.types("nobody sees this\r");

        bob.attached.take();
        ann.hears(new Notice(NoticeKind.WRITER, "bob"));
        assertThat(ann.attached.isWriter()).isFalse();
        ann.types("nor this\r");
        bob.types("version\r");
        bob.sees("=> version\r\nU-Boot");

        bob.attached.close();
        ann.hears(new Notice(NoticeKind.WRITER, null));
        await().atMost(SOON).until(() -> bob.ended);
        ann.attached.take();
        ann.types("reset\r");
        ann.sees("resetting ...");
        assertThat(ann.text()).doesNotContain("this");
    }

    @Test
    void aLongBootLogArrivesWhole() throws Exception {
        house.boot(device);
        open();
        Viewer ann = house.look("ann", true, ALL);
        ann.sees("=> ");

        ann.types("flood 20000\r");

        ann.sees("flooded");
        assertThat(ann.text().lines().filter(line -> line.startsWith("line ")).count())
                .isEqualTo(20_000);
        Viewer bob = house.look("bob", false, ALL);
        bob.sees("line 00019999 of a long boot log\r\nflooded");
    }

    @Test
    void breaksAndRatesGoThrough() throws Exception {
        house.boot(device);
        open();
        Viewer ann = house.look("ann", true, ALL);

        ann.attached.sendBreak().get(5, TimeUnit.SECONDS);
        ann.attached.baud(9600).get(5, TimeUnit.SECONDS);

        assertThat(rate()).isEqualTo("9600");
        assertThat(ann.attached.baud(7)).failsWithin(SOON).withThrowableThat().withRootCauseInstanceOf(Refused.class);
        ann.types("version\r");
        ann.sees("=> version\r\nU-Boot");
    }

    @Test
    void aLostPortComesBackWithItsHistoryAndItsRate() throws Exception {
        Process board = house.boot(device);
        open();
        Viewer ann = house.look("ann", true, ALL);
        ann.sees("=> ");
        ann.attached.baud(57_600).get(5, TimeUnit.SECONDS);
        List<BoardName> heard = new CopyOnWriteArrayList<>();
        house.lines.onLoss(heard::add);

        ConsoleHouse.stop(board);
        ann.hears(new Notice(NoticeKind.LOST, null));
        assertThat(house.lines.isLost(BOARD)).isTrue();
        await().atMost(SOON).until(() -> heard.size() == 1);
        assertThat(ann.attached.write(new byte[] {13}))
                .failsWithin(SOON)
                .withThrowableThat()
                .withMessageContaining("lost");
        Viewer bob = house.look("bob", false, ALL);
        bob.hears(new Notice(NoticeKind.LOST, null));
        house.boot(device);

        ann.hears(new Notice(NoticeKind.BACK, null));
        assertThat(house.lines.isLost(BOARD)).isFalse();
        await().atMost(SOON).until(() -> heard.size() == 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(ann.text().split("Hit any key", -1))
                .hasSize(3));
        assertThat(ann.attached.isWriter()).isTrue();
        assertThat(rate()).isEqualTo("57600");
        ann.types("version\r");
        bob.sees("=> version\r\nU-Boot");
    }

    @Test
    void aPortThatAnotherProgramHoldsIsBusy() throws Exception {
        house.boot(device);
        ConsoleHouse.assumeProgram("flock");
        Process holder = house.start("flock", "-n", device.toRealPath().toString(), "sleep", "60");
        await().atMost(SOON).until(() -> holder.descendants().findAny().isPresent());

        keepPowered();
        assertRefused(LabRefusal.CONSOLE_BUSY);

        holder.descendants().forEach(ProcessHandle::destroyForcibly);
        ConsoleHouse.stop(holder);
        open();
    }

    @Test
    void aPortWithALockFileOfALivingProgramIsBusyUnlessLocksDoNotMatter() throws Exception {
        house.boot(device);
        Process holder = house.start("sleep", "60");
        Path lock = directory.resolve("LCK..pts_" + device.toRealPath().getFileName());
        Files.writeString(lock, "%10d\n".formatted(holder.pid()));

        assertRefused(LabRefusal.CONSOLE_BUSY);

        house.open("val", device.toString(), "lock", false).get(5, TimeUnit.SECONDS);
        assertThat(lock).exists();
    }

    @Test
    void twoBoardsCannotHaveOnePort() throws Exception {
        house.boot(device);
        open();

        assertThatThrownBy(() -> house.lines
                        .open(ConsoleHouse.board("cora-2", "val", device.toString()), ConsoleHouse.reservation(2))
                        .get(5, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(Refused.class)
                .satisfies(failure ->
                        assertThat(Refused.in(failure).orElseThrow().code()).isEqualTo(LabRefusal.CONSOLE_BUSY.code()));
        assertThat(house.lines.attach(BOARD, "ann", false, 0)).isNotNull();
    }

    @Test
    void aPortThatIsNotThereIsAFaultAndNothingStaysOpen() throws Exception {
        assertRefused(LabRefusal.CONSOLE_FAULT);
        Files.writeString(device, "no device");
        assertRefused(LabRefusal.CONSOLE_FAULT);

        assertThat(house.lines.attach(BOARD, "ann", false, 0)).isNull();
    }

    @Test
    void closingFreesThePortAndSendsEverybodyAway() throws Exception {
        house.boot(device);
        open();
        Path lock = directory.resolve("LCK..pts_" + device.toRealPath().getFileName());
        Viewer ann = house.look("ann", true, ALL);
        ann.sees("=> ");
        assertThat(lock).exists();

        house.lines.close(BOARD).get(2, TimeUnit.SECONDS);

        await().atMost(Duration.ofSeconds(2)).until(() -> ann.ended);
        assertThat(lock).doesNotExist();
        assertThat(house.lines.attach(BOARD, "ann", false, 0)).isNull();
        assertThat(ann.attached.isWriter()).isFalse();
        house.lines.close(BOARD).get(2, TimeUnit.SECONDS);
    }

    @Test
    void theNextReservationSeesNothingOfTheLastOne() throws Exception {
        house.boot(device);
        open();
        house.look("ann", false, ALL).sees("=> ");
        keepPowered();

        house.lines
                .open(ConsoleHouse.board(BOARD.value(), "val", device.toString()), ConsoleHouse.reservation(2))
                .get(5, TimeUnit.SECONDS);

        Viewer bob = house.look("bob", true, ALL);
        bob.types("version\r");
        bob.sees("version\r\n");
        assertThat(bob.text()).doesNotContain("Hit any key");
    }

    /** A board goes on when its port is closed; socat ends unless somebody has the other side open. */
    private void keepPowered() throws Exception {
        keeper = Files.newInputStream(device);
    }

    private void open() throws Exception {
        house.open("val", device.toString()).get(5, TimeUnit.SECONDS);
    }

    private void assertRefused(LabRefusal refusal) {
        assertThatThrownBy(this::open)
                .satisfies(failure ->
                        assertThat(Refused.in(failure).orElseThrow().code()).isEqualTo(refusal.code()));
    }

    private String rate() throws Exception {
        Process stty = new ProcessBuilder("stty", "-F", device.toString(), "speed").start();
        return new String(stty.getInputStream().readAllBytes()).strip();
    }
}
