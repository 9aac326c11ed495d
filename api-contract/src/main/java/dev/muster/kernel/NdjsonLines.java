package dev.muster.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of bytes into lines of UTF-8. Empty lines are counted and passed over. Not thread-safe. */
public final class NdjsonLines {

    /** Bytes in one line; longer ones are refused. */
    public static final int LINE_MAX = 1 << 20;

    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int number;

    /** @param number counted from 1 */
    public record Line(int number, String text) {}

    /** The lines that end within these bytes. */
    public List<Line> accept(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                open.write(bytes, from, i - from);
                from = i + 1;
                end(lines);
            }
        }
        open.write(bytes, from, bytes.length - from);
        if (open.size() > LINE_MAX) {
            throw KernelRefusal.INVALID_REQUEST.because(
                    "Line " + (number + 1) + " is longer than " + LINE_MAX + " bytes.");
        }
        return lines;
    }

    /** The last line, when it does not end in a line feed. */
    public List<Line> finish() {
        List<Line> lines = new ArrayList<>();
        end(lines);
        return lines;
    }

    private void end(List<Line> lines) {
        number++;
        String text = open.toString(StandardCharsets.UTF_8).strip();
        open.reset();
        if (!text.isEmpty()) {
            lines.add(new Line(number, text));
        }
    }
}
