package dev.muster.lab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeSignalsTest {

    @Test
    void loadingTheSerialPortsLeavesEverySignalAsItWas() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "SKIPPED: needs Linux's /proc");
        String before = ignored();

        NativeSignals.loadSerialPorts();

        assertThat(ignored()).isEqualTo(before);
    }

    @Test
    void childrenStillDieOfAHangUp() throws Exception {
        NativeSignals.loadSerialPorts();
        Process child = new ProcessBuilder("sh", "-c", "kill -HUP $$; exit 0").start();

        assertThat(child.waitFor()).isEqualTo(128 + 1);
    }

    private static String ignored() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn") || line.startsWith("SigCgt"))
                .toList()
                .toString();
    }
}
