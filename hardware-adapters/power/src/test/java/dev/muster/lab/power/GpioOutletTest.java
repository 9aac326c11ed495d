package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a directory tree that looks like the kernel's. */
class GpioOutletTest {

    @TempDir
    Path base;

    private final Lab lab = new Lab();

    @BeforeEach
    void kernel() throws Exception {
        Files.createFile(base.resolve("export"));
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private BoardDefinition board(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(Map.of("sysfs", base.toString(), "number", 17L));
        all.putAll(more);
        return lab.board("g", "gpiopower", all);
    }

    private Path line(String direction, String value) throws Exception {
        Path line = Files.createDirectories(base.resolve("gpio17"));
        Files.writeString(line.resolve("direction"), direction + "\n");
        Files.writeString(line.resolve("value"), value + "\n");
        return line;
    }

    @Test
    void aLineIsDrivenAndRead() throws Exception {
        Path line = line("in", "1");
        BoardDefinition board = board(Map.of());
        assertThat(Lab.done(lab.switchboard.read(board)))
                .as("an input says nothing")
                .isEqualTo(Power.UNKNOWN);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.OFF))).isEqualTo(Power.OFF);
        assertThat(line.resolve("direction")).hasContent("low");
        Files.writeString(line.resolve("direction"), "out\n");
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.ON);
        assertThat(line.resolve("value")).hasContent("1");
        assertThat(line.resolve("direction")).hasContent("out");
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.CYCLE))).isEqualTo(Power.ON);
        Files.writeString(line.resolve("value"), "2\n");
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.UNKNOWN);
        assertThat(base.resolve("export")).as("it was exported already").isEmptyFile();
    }

    @Test
    void anActiveLowLineIsTheOtherWayRound() throws Exception {
        Path line = line("out", "0");
        BoardDefinition board = board(Map.of("active_low", true));
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.ON);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.OFF))).isEqualTo(Power.OFF);
        assertThat(line.resolve("value")).hasContent("1");
    }

    @Test
    void aLineIsExportedFirst() throws Exception {
        BoardDefinition board = board(Map.of());
        Thread kernel = Thread.ofPlatform().name("pretended-kernel").start(() -> {
            try {
                while (Files.size(base.resolve("export")) == 0) {
                    Thread.sleep(10);
                }
                line("in", "0");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.ON);
        kernel.join();
        assertThat(base.resolve("export")).hasContent("17");
        assertThat(base.resolve("gpio17/direction")).hasContent("high");
    }

    @Test
    void aLineThatDoesNotAppearIsNoPort() throws Exception {
        assertThat(Lab.code(lab.switchboard.read(board(Map.of())))).isEqualTo("lab.no-such-port");
    }

    @Test
    void aKernelWithoutGpioIsAFault() throws Exception {
        assertThat(Lab.code(lab.switchboard.read(board(Map.of("sysfs", base + "/nowhere")))))
                .isEqualTo("lab.power-fault");
        assertThat(Lab.code(lab.switchboard.read(board(Map.of("number", "../../etc")))))
                .isEqualTo("lab.power-fault");
    }

    private BoardDefinition onChip(String chip, int line) {
        return lab.board("g", "gpiopower", Map.of("sysfs", base.toString(), "chip", chip, "line", line));
    }

    @Test
    void aLineOfAChipIsFoundByTheChipsNameOrLabel() throws Exception {
        Path chip = Files.createDirectories(base.resolve("gpiochip10"));
        Files.writeString(chip.resolve("base"), "10\n");
        Files.writeString(chip.resolve("ngpio"), "8\n");
        Files.writeString(chip.resolve("label"), "relays\n");
        Path line = line("out", "0");
        assertThat(Lab.done(lab.switchboard.order(onChip("relays", 7), PowerAction.ON)))
                .isEqualTo(Power.ON);
        assertThat(line.resolve("value")).hasContent("1");
        assertThat(Lab.done(lab.switchboard.read(onChip("gpiochip10", 7)))).isEqualTo(Power.ON);
        assertThat(Lab.code(lab.switchboard.read(onChip("relays", 8)))).isEqualTo("lab.no-such-port");
        assertThat(Lab.code(lab.switchboard.read(onChip("gpiochip0", 7)))).isEqualTo("lab.no-such-port");
        Files.writeString(chip.resolve("base"), "many\n");
        assertThat(Lab.code(lab.switchboard.read(onChip("relays", 7)))).isEqualTo("lab.power-fault");
    }
}
