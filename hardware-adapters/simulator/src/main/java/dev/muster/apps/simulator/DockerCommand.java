package dev.muster.apps.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The {@code docker} command: no shell, a limit on how long it takes and on how much of what it says is kept. */
final class DockerCommand implements AutoCloseable {

    private static final int KEPT_MAX = 64 * 1024;
    private static final int WORDS_MAX = 500;

    private final Path config;
    /** Reading from pipes blocks threads, and these are few. */
    private final ExecutorService readers = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("docker-", 0).daemon().factory());

    /** @param config folder for what it keeps, so that people's own sign-ins are neither used nor lost */
    DockerCommand(Path config) {
        this.config = config;
    }

    /** How one ended. */
    record Said(int exit, String output, String errors) {

        boolean isWell() {
            return exit == 0;
        }

        /** What it says went wrong, cut to what fits into a log. */
        String complaint() {
            String all = (errors.isBlank() ? output : errors).strip();
            return all.length() > WORDS_MAX ? all.substring(all.length() - WORDS_MAX) : all;
        }
    }

    /** One that must end well. */
    String done(Duration max, String input, String... words) throws AgentFault, InterruptedException {
        Said said = said(max, input, words);
        if (!said.isWell()) {
            throw fault("docker " + words[0] + " ended with " + said.exit() + ": " + said.complaint());
        }
        return said.output();
    }

    /** One that may end as it likes, though in time. */
    Said said(Duration max, String input, String... words) throws AgentFault, InterruptedException {
        Process process = begun(false, words);
        try {
            CompletableFuture<String> output = read(process.getInputStream());
            CompletableFuture<String> errors = read(process.getErrorStream());
            given(process, input);
            if (!process.waitFor(max.toMillis(), TimeUnit.MILLISECONDS)) {
                throw fault("docker " + words[0] + " did not end within " + max.toSeconds() + " s");
            }
            return new Said(process.exitValue(), output.join(), errors.join());
        } catch (CompletionException | RejectedExecutionException e) {
            throw fault("docker " + words[0] + " could not be heard: " + e.getMessage());
        } finally {
            end(process);
        }
    }

    /** One that goes on; both of its outputs are one. Whoever began it ends it. */
    Process going(String... words) throws AgentFault {
        Process process = begun(true, words);
        given(process, "");
        return process;
    }

    private Process begun(boolean isMixed, String... words) throws AgentFault {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(isMixed);
        builder.environment().put("DOCKER_CONFIG", config.toString());
        builder.environment().put("DOCKER_CLI_HINTS", "false");
        try {
            return builder.start();
        } catch (IOException e) {
            throw fault("there is no docker command: " + e.getMessage());
        }
    }

    private static void given(Process process, String input) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading, and says why.
        }
    }

    private CompletableFuture<String> read(InputStream from) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (from) {
                        byte[] kept = from.readNBytes(KEPT_MAX);
                        from.transferTo(OutputStream.nullOutputStream());
                        return new String(kept, StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                readers);
    }

    /** Runs for as long as a program is listened to. */
    void listen(Runnable task) {
        readers.execute(task);
    }

    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    static AgentFault fault(String words) {
        return new AgentFault("engine", words);
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
