package dev.muster.updates.modes.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device's log lines as they go into history: whatever it sends, one word of it stays small. The last lines are kept,
 * for the end of a log says what went wrong.
 */
final class LogLines {

    static final int LINES_MAX = 512;
    /** Characters of one line; the rest is cut off. */
    static final int LINE_MAX = 4096;
    /** Characters of all lines together. */
    static final int TEXT_MAX = 65_536;

    private LogLines() {}

    static @Nullable List<String> kept(@Nullable List<String> details) {
        if (details == null) {
            return null;
        }
        int first = details.size();
        int length = 0;
        while (first > 0 && details.size() - first < LINES_MAX) {
            int next = Math.min(details.get(first - 1).length(), LINE_MAX) + 1;
            if (length + next > TEXT_MAX) {
                break;
            }
            length += next;
            first--;
        }
        return details.subList(first, details.size()).stream()
                .map(LogLines::cut)
                .toList();
    }

    private static String cut(String line) {
        if (line.length() <= LINE_MAX) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LINE_MAX - 1)) ? LINE_MAX - 1 : LINE_MAX;
        return line.substring(0, end);
    }
}
