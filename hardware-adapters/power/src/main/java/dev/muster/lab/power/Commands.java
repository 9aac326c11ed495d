package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs, never through a shell, with nothing of this server's environment. Their output is looked at now and then
 * instead of being waited for, so no thread waits, and a grandchild that keeps the pipe open keeps nothing else.
 */
final class Commands implements AutoCloseable {

    private static final int OUTPUT_BYTES_MAX = 4096;
    private static final int LINE_MAX = 200;
    private static final Duration LOOK_PAUSE = Duration.ofMillis(50);
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Executor workers;
    private final ScheduledExecutorService loop;
    private final Duration timeMax;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    Commands(Executor workers, ScheduledExecutorService loop, Duration timeMax) {
        this.workers = workers;
        this.loop = loop;
        this.timeMax = timeMax;
    }

    /** @param code of its exit; {@code lastLine} of what it said, printable and at most {@value #LINE_MAX} characters */
    record End(int code, String lastLine) {}

    /** Fails with {@link LabRefusal#POWER_TIMEOUT} when it has to be killed, {@link LabRefusal#POWER_FAULT} when it cannot start. */
    CompletableFuture<End> run(List<String> argv) {
        CompletableFuture<End> end = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                new Run(argv.getFirst(), start(argv), end).watch();
            } catch (IOException | RuntimeException e) {
                end.completeExceptionally(LabRefusal.POWER_FAULT.because(
                        "The command " + argv.getFirst() + " cannot be started: " + e.getMessage() + "."));
            }
        });
        return end;
    }

    private static Process start(List<String> argv) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LANG", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Nothing goes on unwatched. */
    @Override
    public void close() {
        running.forEach(Run::kill);
    }

    private final class Run {

        private final String program;
        private final Process process;
        private final CompletableFuture<End> end;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Run(String program, Process process, CompletableFuture<End> end) {
            this.program = program;
            this.process = process;
            this.end = end;
        }

        void watch() {
            running.add(this);
            ScheduledFuture<?> looks;
            ScheduledFuture<?> limit;
            try {
                looks = loop.scheduleWithFixedDelay(
                        this::look, LOOK_PAUSE.toNanos(), LOOK_PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                limit = loop.schedule(this::kill, timeMax.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                kill();
                return;
            }
            var _ = process.onExit().thenRun(() -> {
                running.remove(this);
                looks.cancel(false);
                limit.cancel(false);
                look();
                end.complete(new End(process.exitValue(), lastLine()));
            });
        }

        private void kill() {
            // Said first: a shell whose children are killed may end by itself before it is killed, as if it had an
            // answer.
            end.completeExceptionally(LabRefusal.POWER_TIMEOUT.because(
                    "The command " + program + " was killed; it may run for " + timeMax.toMillis() + " ms."));
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        /** The newest bytes are kept: the last line says what was wrong. */
        private synchronized void look() {
            try {
                InputStream output = process.getInputStream();
                while (output.available() > 0) {
                    byte[] bytes = output.readNBytes(Math.min(output.available(), OUTPUT_BYTES_MAX));
                    if (kept.size() + bytes.length > OUTPUT_BYTES_MAX) {
                        kept.reset();
                    }
                    kept.write(bytes);
                }
            } catch (IOException _) {
                // The process is gone and its pipe with it; what was seen must do.
            }
        }

        private synchronized String lastLine() {
            String text = kept.toString(StandardCharsets.UTF_8).strip();
            String line = text.substring(text.lastIndexOf('\n') + 1)
                    .replaceAll("\\p{Cntrl}", "")
                    .strip();
            return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX) + "…";
        }
    }
}
