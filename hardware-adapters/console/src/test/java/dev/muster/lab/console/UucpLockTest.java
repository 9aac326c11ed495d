package dev.muster.lab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UucpLockTest {

    private static final List<Path> DEVICES = List.of(Path.of("/dev/ttyUSB7"), Path.of("/dev/serial/by-id/usb-board"));

    @TempDir
    Path directory;

    Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("LCK..ttyUSB7");
    }

    @Test
    void itNamesThisProcessAndGoesWithTheLine() throws Exception {
        UucpLock lock = UucpLock.take(DEVICES, directory);

        assertThat(Files.readString(file))
                .isEqualTo("%10d\n".formatted(ProcessHandle.current().pid()));
        assertThat(directory.resolve("LCK..serial_by-id_usb-board")).exists();
        assertThatThrownBy(() -> UucpLock.take(DEVICES, directory)).isInstanceOf(Refused.class);
        lock.release();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLivingHolderKeepsIt() throws Exception {
        Process holder = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(file, "%10d\n".formatted(holder.pid()));

            assertThatThrownBy(() -> UucpLock.take(DEVICES, directory))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo("lab.console-busy"));
            assertThat(directory.toFile().list()).containsExactly("LCK..ttyUSB7");
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatADeadOneLeftIsTakenOver() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(file, "%10d\n".formatted(dead.pid()));

        UucpLock lock = UucpLock.take(DEVICES, directory);

        assertThat(Files.readString(file))
                .contains(Long.toString(ProcessHandle.current().pid()));
        lock.release();
    }

    @Test
    void anUnreadableOneCountsAsHeld() throws Exception {
        Files.writeString(file, "");

        assertThatThrownBy(() -> UucpLock.take(DEVICES, directory)).isInstanceOf(Refused.class);
    }

    @Test
    void whereNoneCanBeWrittenThereIsNone() {
        UucpLock lock = UucpLock.take(DEVICES, directory.resolve("absent"));

        lock.release();
        assertThat(directory).isEmptyDirectory();
    }
}
