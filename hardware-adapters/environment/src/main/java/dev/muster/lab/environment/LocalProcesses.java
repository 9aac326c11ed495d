package dev.muster.lab.environment;

import dev.muster.lab.BoardProcesses;
import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs on this machine. More than {@link ProcessSettings#processesMax} at once are refused with
 * {@link LabRefusal#TOO_MANY}; those of setup scripts do not count, for cleaning up must not wait for users. Closing ends
 * all that run.
 */
public final class LocalProcesses implements BoardProcesses, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalProcesses.class);

    private final ProcessSettings settings;
    private final Readiness readiness;
    private final Set<LocalProcess> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger counted = new AtomicInteger();
    private volatile boolean closed;

    public LocalProcesses(ProcessSettings settings) {
        this.settings = settings;
        try {
            this.readiness = new Readiness();
        } catch (IOException e) {
            throw new UncheckedIOException("programs of boards cannot be run", e);
        }
    }

    @Override
    public CompletableFuture<Running> start(
            List<String> argv, Map<String, String> env, @Nullable String directory, @Nullable Terminal terminal) {
        if (counted.incrementAndGet() > settings.processesMax()) {
            counted.decrementAndGet();
            return CompletableFuture.failedFuture(LabRefusal.TOO_MANY.because(
                    "The lab runs " + settings.processesMax() + " programs already; end one, or come back later."));
        }
        CompletableFuture<Running> started = new CompletableFuture<>();
        Thread.ofVirtual().name("lab-process-start").start(() -> {
            try {
                LocalProcess process = launch(argv, env, directory, terminal);
                process.exit().whenComplete((exit, failure) -> counted.decrementAndGet());
                if (!started.complete(process)) {
                    process.end();
                }
            } catch (RuntimeException failure) {
                counted.decrementAndGet();
                started.completeExceptionally(failure);
            }
        });
        return started;
    }

    /** How many programs run now, setup scripts included. */
    public int running() {
        return running.size();
    }

    /** As {@link #start}, at once and whatever runs already. Blocks for as long as the kernel takes. */
    LocalProcess launch(
            List<String> argv, Map<String, String> env, @Nullable String directory, @Nullable Terminal terminal) {
        if (closed) {
            throw LabRefusal.SETUP_FAILED.because("The server is stopping.");
        }
        CommandLine command = CommandLine.of(argv, env, directory, settings.path());
        LocalProcess process = new LocalProcess(launched(command, terminal), readiness, settings);
        running.add(process);
        process.exit().whenComplete((exit, failure) -> running.remove(process));
        if (closed) {
            process.end();
        }
        return process;
    }

    private static Launched launched(CommandLine command, @Nullable Terminal terminal) {
        try {
            Launched launched =
                    terminal == null ? PipeLauncher.launch(command) : TerminalLauncher.launch(command, terminal);
            OwnProgram.await(launched.process());
            return launched;
        } catch (IOException e) {
            LOG.warn("The program {} could not be started.", command, e);
            throw LabRefusal.SETUP_FAILED.because("A program could not be started on the server.");
        }
    }

    @Override
    public void close() {
        closed = true;
        List<CompletableFuture<Void>> ends = running.stream()
                .map(each -> each.endWithin(settings.killAfter()))
                .toList();
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .completeOnTimeout(null, settings.killAfter().toMillis() + 1_000, TimeUnit.MILLISECONDS)
                    .join();
        } finally {
            readiness.close();
        }
    }
}
