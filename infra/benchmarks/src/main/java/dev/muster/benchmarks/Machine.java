package dev.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and when something was measured. */
final class Machine {

    private Machine() {}

    static Map<String, String> describe(BenchSettings settings, Clock clock) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", Instant.now(clock).toString());
        facts.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " × " + first("/proc/cpuinfo", "model name") + ", "
                        + first("/proc/meminfo", "MemTotal"));
        facts.put(
                "kernel",
                Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim());
        facts.put("JDK", Runtime.version().toString());
        facts.put("options", String.join(" ", settings.jvm()));
        facts.put("load", Files.readString(Path.of("/proc/loadavg")).trim() + " before the start");
        return facts;
    }

    private static String first(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }
}
