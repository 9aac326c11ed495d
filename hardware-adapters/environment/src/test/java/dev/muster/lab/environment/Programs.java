package dev.muster.lab.environment;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.BoardProcesses.Exit;
import dev.muster.lab.BoardProcesses.Running;
import dev.muster.lab.BoardProcesses.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** Real programs, started and listened to. */
final class Programs implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);

    final LocalProcesses processes;

    Programs(ProcessSettings settings) {
        processes = new LocalProcesses(settings);
    }

    /** With a short patience where the usual one is long. */
    static ProcessSettings impatient() {
        return new ProcessSettings(
                ProcessSettings.DEFAULTS.path(),
                64,
                Duration.ofMillis(600),
                Duration.ofMillis(300),
                Duration.ofMillis(300));
    }

    Running sh(String script) {
        return soon(processes.start(List.of("sh", "-c", script), Map.of(), null, null));
    }

    Running shOnTerminal(String script, int cols, int rows) {
        return onTerminal(cols, rows, "sh", "-c", script);
    }

    Running onTerminal(int cols, int rows, String... argv) {
        return soon(processes.start(List.of(argv), Map.of(), null, new Terminal("xterm", cols, rows)));
    }

    static String text(Flux<byte[]> said) {
        return new String(bytes(said), StandardCharsets.UTF_8);
    }

    static byte[] bytes(Flux<byte[]> said) {
        return said.collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                .map(ByteArrayOutputStream::toByteArray)
                .block(SOON);
    }

    static Flux<byte[]> said(String... texts) {
        return Flux.fromArray(texts).map(each -> each.getBytes(StandardCharsets.UTF_8));
    }

    static Exit exitOf(Running program) {
        return soon(program.exit());
    }

    static <T> T soon(CompletableFuture<T> work) {
        try {
            return work.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new AssertionError(e.getCause());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static Refusal refusalOf(CompletableFuture<?> work) {
        try {
            work.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return Refused.in(e.getCause()).orElseThrow(() -> new AssertionError(e.getCause()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was refused");
    }

    static boolean isAlive(long process) {
        // One that is over but not yet buried by init is not alive.
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false)
                && !stateOf(process).startsWith("Z");
    }

    private static String stateOf(long process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return "Z";
        }
    }

    static long openDescriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        processes.close();
    }
}
