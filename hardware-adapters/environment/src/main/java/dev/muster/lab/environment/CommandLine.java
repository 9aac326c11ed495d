package dev.muster.lab.environment;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program to be started: found on the path, with all that it is given.
 *
 * @param words the program's absolute path, then its arguments
 * @param environment all of it
 * @param directory where, null for the server's own
 */
record CommandLine(
        List<String> words,
        Map<String, String> environment,
        @Nullable Path directory) {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    /**
     * The dynamic loader and the shells do what these say. A board's user chooses variables, and what stands first in the
     * command line, what enters the environment, runs with more rights than the user has.
     */
    private static final Set<String> OBEYED = Set.of(
            "PATH",
            "IFS",
            "ENV",
            "BASH_ENV",
            "SHELLOPTS",
            "BASHOPTS",
            "PS4",
            "GLIBC_TUNABLES",
            "GCONV_PATH",
            "LOCPATH");

    private static final int BYTES_MAX = 128 << 10;

    /** Refuses with {@link LabRefusal#SETUP_FAILED} or {@link LabRefusal#BAD_VALUE} what cannot be started. */
    static CommandLine of(List<String> argv, Map<String, String> env, @Nullable String directory, String path) {
        if (argv.isEmpty()) {
            throw LabRefusal.SETUP_FAILED.because("There is no program to start.");
        }
        Path place = directory == null ? null : placeOf(directory);
        List<String> words = new ArrayList<>(argv);
        words.set(0, programOf(argv.getFirst(), place, path).toString());
        Map<String, String> all = new HashMap<>();
        all.put("LANG", "C.UTF-8");
        env.forEach((name, value) -> {
            refuseObeyed(name);
            all.put(name, value);
        });
        all.put("PATH", path);
        refuseTooMuch(words, all);
        return new CommandLine(List.copyOf(words), Map.copyOf(all), place);
    }

    private static Path placeOf(String directory) {
        try {
            Path place = Path.of(directory);
            if (Files.isDirectory(place)) {
                return place;
            }
        } catch (InvalidPathException e) {
            // Nor is there one by that name.
        }
        throw LabRefusal.SETUP_FAILED.because("There is no directory '" + shown(directory) + "' to start in.");
    }

    private static void refuseObeyed(String name) {
        if (!VARIABLE.matcher(name).matches() || OBEYED.contains(name) || name.startsWith("LD_")) {
            throw LabRefusal.BAD_VALUE.about("env", "The variable '" + shown(name) + "' cannot be set.");
        }
    }

    /** The kernel refuses a single text above 128 KiB, and says nothing that would help. */
    private static void refuseTooMuch(List<String> words, Map<String, String> environment) {
        long characters = words.stream().mapToLong(String::length).sum()
                + environment.entrySet().stream()
                        .mapToLong(
                                each -> each.getKey().length() + each.getValue().length())
                        .sum();
        if (characters > BYTES_MAX) {
            throw LabRefusal.BAD_VALUE.about("args", "A command line has at most 128 KiB.");
        }
        if (words.stream().anyMatch(CommandLine::hasNul)
                || environment.values().stream().anyMatch(CommandLine::hasNul)) {
            throw LabRefusal.BAD_VALUE.about("args", "A command line has no NUL characters.");
        }
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static Path programOf(String word, @Nullable Path directory, String path) {
        try {
            if (word.contains("/")) {
                Path program = directory == null ? Path.of(word) : directory.resolve(word);
                if (isProgram(program)) {
                    return program.toAbsolutePath();
                }
                throw notFound(word);
            }
            for (String each : path.split(":")) {
                Path program = Path.of(each, word);
                if (!word.isEmpty() && isProgram(program)) {
                    return program.toAbsolutePath();
                }
            }
            throw notFound(word);
        } catch (InvalidPathException e) {
            throw notFound(word);
        }
    }

    private static Refused notFound(String word) {
        return LabRefusal.SETUP_FAILED.because("There is no program '" + shown(word) + "' that could be started.");
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static String shown(String text) {
        return SaidText.plain(text.length() <= 120 ? text : text.substring(0, 120) + "…");
    }

    /** Arguments may be secret. */
    @Override
    public String toString() {
        return words.getFirst();
    }
}
