package dev.muster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Serial ports without hardware: pseudo terminals that socat makes. */
public final class SerialCables {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Programs programs;
    private final Path dir;

    public SerialCables(Programs programs, Path dir) {
        this.programs = programs;
        this.dir = dir;
    }

    /**
     * A board with its boot loader behind a pseudo terminal at a path; it boots when the terminal is opened. It knows
     * {@code version}, {@code reset} and {@code flood <lines>}. Skips the test when programs are missing.
     */
    public Process boot(Path device) {
        Programs.assume("socat", "socat");
        Programs.assume("python3", "python3");
        Process socat =
                programs.start("socat", "pty,raw,echo=0,wait-slave,link=" + device, "EXEC:python3 -u " + bootLoader());
        Programs.await(SOON, device + " is there", () -> Files.exists(device));
        return socat;
    }

    /** Two pseudo terminals that are one cable. Skips the test when socat is missing. */
    public Process cable(Path one, Path other) {
        Programs.assume("socat", "socat");
        Process socat = programs.start("socat", "pty,raw,echo=0,link=" + one, "pty,raw,echo=0,link=" + other);
        Programs.await(SOON, one + " and " + other + " are there", () -> Files.exists(one) && Files.exists(other));
        return socat;
    }

    private Path bootLoader() {
        Path script = dir.resolve("uboot.py");
        if (!Files.exists(script)) {
            try (var source = SerialCables.class.getResourceAsStream("uboot.py")) {
                Files.write(script, source.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return script;
    }
}
