package dev.muster.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a measurement is run.
 *
 * @param app folder of the unpacked server
 * @param out folder for the results as JSON
 * @param java the program that starts JVMs
 * @param jvm JVM options of the server and of the bare route alike
 * @param round length of one measured round; a {@link WarmUp} goes before
 * @param devices devices for the cases list, rollout, canary and joining
 * @param events least number of stored events for the case replay
 */
record BenchSettings(Path app, Path out, Path java, List<String> jvm, Duration round, int devices, int events) {

    /** Longest wait for the server to get ready, or for it to finish something. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Reads {@code --name=value} words; all but the last three are required. */
    static BenchSettings of(List<String> words) {
        return new BenchSettings(
                Path.of(value(words, "app", null)),
                Path.of(value(words, "out", null)),
                Path.of(value(words, "java", null)),
                List.of(value(words, "jvm", null).trim().split("\\s+")),
                Duration.ofSeconds(Long.parseLong(value(words, "seconds", "10"))),
                Integer.parseInt(value(words, "devices", "100000")),
                Integer.parseInt(value(words, "events", "200000")));
    }

    /** The same with one more JVM option, which counts where it contradicts an earlier one. */
    BenchSettings with(String option) {
        List<String> options = new ArrayList<>(jvm);
        options.add(option);
        return new BenchSettings(app, out, java, List.copyOf(options), round, devices, events);
    }

    private static String value(List<String> words, String name, @Nullable String otherwise) {
        String start = "--" + name + "=";
        for (String word : words) {
            if (word.startsWith(start)) {
                return word.substring(start.length());
            }
        }
        if (otherwise == null) {
            throw new IllegalArgumentException("--" + name + "=… is missing");
        }
        return otherwise;
    }
}
