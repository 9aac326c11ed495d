package dev.muster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Appends per second with fsync, one event of about 230 bytes per append, and reading them back. Not a test: run the main
 * method, arguments are directory (made, must be empty), threads (64), seconds (10).
 */
final class AppendBench {

    private AppendBench() {}

    public static void main(String[] arguments) throws Exception {
        Path dir = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("append-bench");
        int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        try (EmbeddedStore store = Samples.open(dir)) {
            append(store, threads, 3);
            append(store, threads, seconds);
        }
        read(dir);
    }

    private static void append(EmbeddedStore store, int threads, int seconds) throws Exception {
        long before = store.committed();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<long[]> all = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> appendUntil(store, end)));
            }
            for (Future<long[]> one : running) {
                all.add(one.get());
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        long appended = store.committed() - before;
        long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "%d threads: %.0f appends/s, p50 %.2f ms, p99 %.2f ms, max %.1f ms, CPU %.0f us per append%n",
                threads,
                appended / took,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                (cpuNanos() - cpu) / 1e3 / appended);
    }

    private static long[] appendUntil(EmbeddedStore store, long end) {
        long[] nanos = new long[1_024];
        int count = 0;
        String aggregate = UUID.randomUUID().toString();
        for (long now = System.nanoTime(); now < end; count++) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            store.append(List.of(Samples.event(aggregate, count)));
            long after = System.nanoTime();
            nanos[count] = after - now;
            now = after;
        }
        return Arrays.copyOf(nanos, count);
    }

    private static void read(Path dir) throws IOException {
        try (EmbeddedStore store = Samples.open(dir)) {
            for (int round = 0; round < 2; round++) {
                long start = System.nanoTime();
                long read = 0;
                while (read <= store.committed()) {
                    read += store.read(read, 1_000).size();
                }
                System.out.printf("%d events read, %.0f/s%n", read, read / ((System.nanoTime() - start) / 1e9));
            }
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
