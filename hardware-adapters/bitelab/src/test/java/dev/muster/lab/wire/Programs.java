package dev.muster.lab.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real programs of ssh, and the little ProxyCommand between them. */
final class Programs {

    static final String SSHD = "/usr/sbin/sshd";

    private Programs() {}

    static void assumeSsh() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "SKIPPED: install Debian's package openssh-client");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "SKIPPED: install Debian's package python3");
    }

    static void assumeSshd() {
        assumeSsh();
        assumeTrue(Files.isExecutable(Path.of(SSHD)), "SKIPPED: install Debian's package openssh-server");
        try {
            // The package's start script makes it at boot.
            Files.createDirectories(Path.of("/run/sshd"));
        } catch (IOException e) {
            assumeTrue(false, "SKIPPED: sshd needs the directory /run/sshd");
        }
    }

    record Result(int exit, byte[] output, String errors) {

        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    static Process start(String token, Path input, Path output, List<String> argv) {
        try {
            ProcessBuilder builder = new ProcessBuilder(argv);
            builder.environment().put("BITELAB_AUTH", token);
            builder.redirectInput(input == null ? Path.of("/dev/null").toFile() : input.toFile());
            builder.redirectOutput(output.toFile());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Result run(String token, Path input, Path directory, List<String> argv) {
        try {
            Path output = Files.createTempFile(directory, "out", "");
            Process process = start(token, input, output, argv);
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + argv + errors);
            }
            return new Result(process.exitValue(), Files.readAllBytes(output), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path key(Path directory, String name, String type) {
        Path key = directory.resolve(name);
        Result made = run(
                "",
                null,
                directory,
                List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-C", name, "-f", key.toString()));
        if (made.exit() != 0) {
            throw new AssertionError(made.errors());
        }
        return key;
    }

    static Path proxy(Path directory) {
        try (InputStream script = Programs.class.getResourceAsStream("ws-proxy.py")) {
            Path file = directory.resolve("ws-proxy.py");
            Files.write(file, script.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
