package dev.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The table a person reads and the JSON that is kept. */
final class Report {

    private Report() {}

    static String table(Map<String, String> machine, List<Row> rows) {
        StringBuilder text = new StringBuilder("\n");
        machine.forEach((key, value) -> text.append(String.format(Locale.ROOT, "%-9s %s%n", key, value)));
        text.append(String.format(
                Locale.ROOT,
                "%n%-34s %9s %8s %8s %9s %8s %6s  %s%n",
                "case",
                "per s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "CPU µs",
                "errors",
                "budget"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-34s %9s %8s %8s %9s %8s %6s  %s%n",
                    row.name(),
                    row.perSecond() == null ? "" : String.format(Locale.ROOT, "%.0f", row.perSecond()),
                    millis(row.p50()),
                    millis(row.p99()),
                    millis(row.max()),
                    row.cpuMicros() == null ? "" : String.format(Locale.ROOT, "%.0f", row.cpuMicros()),
                    row.perSecond() == null ? "" : row.errors(),
                    promise(row)));
            if (row.note() != null) {
                text.append("    ").append(row.note()).append('\n');
            }
        }
        return text.toString();
    }

    /** Writes {@code <time>-<case>.json} and answers where. */
    static Path save(Path folder, String name, Map<String, String> machine, List<Row> rows, Clock clock)
            throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("case", name);
        document.put("machine", machine);
        document.put("rows", rows);
        String time =
                Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Path file = Files.createDirectories(folder).resolve(time + "-" + name + ".json");
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValue(file, document);
        return file;
    }

    private static String promise(Row row) {
        if (row.budget() == null) {
            return "";
        }
        return (Boolean.TRUE.equals(row.kept()) ? "kept   " : "MISSED ") + row.budget();
    }

    private static String millis(@Nullable Long micros) {
        return micros == null ? "" : String.format(Locale.ROOT, "%.2f", micros / 1000.0);
    }
}
