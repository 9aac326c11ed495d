package dev.muster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Real programs of this machine beside a test: found, or the test is skipped, and ended with it. */
public final class Programs implements AutoCloseable {

    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_PAUSE = Duration.ofMillis(20);

    private final Path log;
    private final Queue<Process> running = new ConcurrentLinkedQueue<>();

    /** @param log where what they say goes, unless a test wants it elsewhere */
    public Programs(Path log) {
        this.log = log;
    }

    /** How a program ended and what it said. */
    public record Result(int exit, byte[] output, String errors) {

        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }
    }

    /** Skips the test when there is no such program. */
    public static Path assume(String name, String debianPackage) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new TestAbortedException(
                        "SKIPPED: there is no " + name + " here; install Debian's package " + debianPackage));
    }

    /** Starts one; what it says goes to the log. */
    public Process start(String... argv) {
        return start(Map.of(), List.of(argv));
    }

    /** @param environment beside that of this process */
    public Process start(Map<String, String> environment, List<String> argv) {
        ProcessBuilder builder = builder(environment, argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return kept(builder);
    }

    /** Starts one whose standard error can be read; standard output goes to a file. */
    public Process start(Map<String, String> environment, @Nullable Path input, Path output, List<String> argv) {
        return kept(builder(environment, argv)
                .redirectInput(input == null ? Path.of("/dev/null").toFile() : input.toFile())
                .redirectOutput(output.toFile()));
    }

    private Process kept(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            running.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> argv) {
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs one to its end, which it must come to by itself. */
    public Result run(Map<String, String> environment, @Nullable Path input, Duration max, List<String> argv) {
        try {
            Path output = Files.createTempFile(log.toAbsolutePath().getParent(), "out", "");
            Process process = start(environment, input, output, argv);
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("it does not end: " + argv + " " + errors);
            }
            running.remove(process);
            return new Result(process.exitValue(), Files.readAllBytes(output), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks one to end, and ends it when it does not. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL, to what it started too. */
    public static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(END_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Looks until it is so. */
    static void await(Duration max, String what, BooleanSupplier isSo) {
        long end = System.nanoTime() + max.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " not within " + max);
            }
            LockSupport.parkNanos(LOOK_PAUSE.toNanos());
        }
    }

    /** What they said. */
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        Process[] all = running.toArray(Process[]::new);
        Arrays.stream(all).forEach(Process::destroy);
        Arrays.stream(all).forEach(Programs::end);
        running.clear();
    }
}
