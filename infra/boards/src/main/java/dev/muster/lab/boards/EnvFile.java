package dev.muster.lab.boards;

import dev.muster.kernel.Refused;
import dev.muster.lab.boards.ucl.Place;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .env} file of a lab server: {@code KEY=value} lines. Keys beside these two mean nothing to us and are left
 * alone.
 *
 * @param dbFile where the former server keeps its state and tokens; null if it does not say
 * @param boardConf the configuration of the boards, UCL; null if it does not say
 */
public record EnvFile(@Nullable Path dbFile, @Nullable Path boardConf) {

    private static final int SIZE_MAX = 64 * 1024;

    /**
     * Reads one; relative paths in it are relative to it. Blocks.
     *
     * @throws Refused {@link dev.muster.lab.LabRefusal#CONFIGURATION_INVALID} with {@code file} and {@code line}
     */
    public static EnvFile read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        String text;
        try {
            text = SmallFiles.read(absolute, SIZE_MAX);
        } catch (IOException e) {
            throw Faults.ofFile(absolute.toString(), String.valueOf(e.getMessage()));
        }
        return parse(text, absolute);
    }

    private static EnvFile parse(String text, Path file) {
        Path dbFile = null;
        Path boardConf = null;
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Place place = new Place(i + 1, 1, file.toString());
            int equals = line.indexOf('=');
            if (equals <= 0) {
                throw Faults.at(place, null, "A line is written KEY=value.");
            }
            String value = unquoted(line.substring(equals + 1).strip());
            switch (line.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "db_file" -> dbFile = path(value, file, place);
                case "board_conf" -> boardConf = path(value, file, place);
                default -> {}
            }
        }
        return new EnvFile(dbFile, boardConf);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Path path(String value, Path file, Place place) {
        if (value.isEmpty()) {
            throw Faults.at(place, null, "The path is missing.");
        }
        try {
            return file.resolveSibling(value).normalize();
        } catch (InvalidPathException e) {
            throw Faults.at(place, null, "This is no path.");
        }
    }
}
