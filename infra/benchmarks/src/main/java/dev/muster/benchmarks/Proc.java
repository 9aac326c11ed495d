package dev.muster.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a process (proc(5)). */
final class Proc {

    /** The kernel counts in USER_HZ, which is 100 on every Linux Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000L;

    private Proc() {}

    /** CPU time of all its threads so far, in nanoseconds. */
    static long cpuNanos(long pid) throws IOException {
        return cpuNanos(Path.of("/proc/" + pid + "/stat"));
    }

    /** CPU time of a JVM's compilers that are at work now, in nanoseconds. */
    static long compilerNanos(long pid) throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                try {
                    // The kernel cuts names at 15 letters: "C2 CompilerThre".
                    if (Files.readString(thread.resolve("comm")).contains(" CompilerThre")) {
                        nanos += cpuNanos(thread.resolve("stat"));
                    }
                } catch (IOException ended) {
                    // A thread that ended since the listing: its files are gone, or reading them says "no such
                    // process".
                }
            }
        }
        return nanos;
    }

    private static long cpuNanos(Path file) throws IOException {
        String stat = Files.readString(file);
        // The name stands in parentheses and may hold blanks; fields 14 and 15 are utime and stime.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }

    /** Resident memory in bytes. */
    static long rss(long pid) throws IOException {
        return memory(pid, "VmRSS:");
    }

    /** The most memory that was resident at a time so far, in bytes. */
    static long peakRss(long pid) throws IOException {
        return memory(pid, "VmHWM:");
    }

    private static long memory(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("process " + pid + " has no " + name);
    }
}
