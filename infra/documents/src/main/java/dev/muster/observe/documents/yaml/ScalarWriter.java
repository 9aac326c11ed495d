package dev.muster.observe.documents.yaml;

import dev.muster.observe.documents.yaml.Node.Kind;
import dev.muster.observe.documents.yaml.Node.Scalar;

/**
 * Writes scalars: without quotes where they would be read as the same text again, else in single quotes, and in double
 * quotes when there is something to escape. Text that reaches beyond the width is folded at its blanks.
 */
final class ScalarWriter {

    private static final String NEVER_FIRST = "#,[]{}&*!|>'\"%@`";

    private final Lines lines;

    ScalarWriter(Lines lines) {
        this.lines = lines;
    }

    /** @param indent of the lines it goes on in */
    void value(Scalar scalar, int indent) {
        write(scalar, indent, true);
    }

    /** On one line, whatever its length. */
    void key(Scalar scalar, int indent) {
        write(scalar, indent, false);
    }

    private void write(Scalar scalar, int indent, boolean folding) {
        String text = scalar.text();
        if (scalar.kind() != Kind.TEXT) {
            plain(text, indent, folding);
            return;
        }
        if (needsEscapes(text)) {
            new Escaping(text, indent, folding).write();
        } else if (isPlain(text)) {
            plain(text, indent, folding);
        } else {
            quoted(text, indent, folding);
        }
    }

    /** Whether anything but printable ASCII occurs, or blanks beside a line break, which would be lost. */
    private static boolean needsEscapes(String text) {
        char before = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean beside = before == ' ' && c == '\n' || before == '\n' && c == ' ';
            if (beside || c != '\n' && (c < ' ' || c > '~')) {
                return true;
            }
            before = c;
        }
        return false;
    }

    /** Whether printable ASCII is read again as the same text without quotes. */
    private static boolean isPlain(String text) {
        if (PlainScalars.kindOf(text) != Kind.TEXT || text.startsWith("---") || text.startsWith("...")) {
            return false;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        if (first == ' ' || last == ' ' || last == ':' || text.indexOf('\n') >= 0) {
            return false;
        }
        if (NEVER_FIRST.indexOf(first) >= 0) {
            return false;
        }
        if ("-?:".indexOf(first) >= 0 && (text.length() == 1 || text.charAt(1) == ' ')) {
            return false;
        }
        return !text.contains(": ") && !text.contains(" #");
    }

    private void plain(String text, int indent, boolean folding) {
        if (!lines.isBlank()) {
            lines.write(" ");
        }
        lines.inText();
        int at = 0;
        while (at < text.length()) {
            int end = endOfRun(text, at);
            if (text.charAt(at) == ' ' && end == at + 1 && folding && lines.isFull()) {
                lines.begin(indent);
                lines.inText();
            } else {
                lines.write(text.substring(at, end));
            }
            at = end;
        }
    }

    private void quoted(String text, int indent, boolean folding) {
        lines.sign("'", true);
        int at = 0;
        while (at < text.length()) {
            int end = endOfRun(text, at);
            switch (text.charAt(at)) {
                case '\n' -> {
                    // One break alone would be folded into a blank when read.
                    for (int breaks = at; breaks <= end; breaks++) {
                        lines.end();
                    }
                    lines.begin(indent);
                }
                case ' ' -> {
                    boolean inside = at > 0 && end < text.length();
                    if (end == at + 1 && inside && folding && lines.isFull()) {
                        lines.begin(indent);
                    } else {
                        lines.write(text.substring(at, end));
                    }
                }
                default -> lines.write(text.substring(at, end).replace("'", "''"));
            }
            at = end;
        }
        lines.sign("'", false);
    }

    /** Behind the blanks, the line breaks, or what is neither, that begin at {@code from}. */
    private static int endOfRun(String text, int from) {
        int end = from + 1;
        while (end < text.length() && kind(text.charAt(end)) == kind(text.charAt(from))) {
            end++;
        }
        return end;
    }

    private static int kind(char c) {
        return c == ' ' ? 0 : c == '\n' ? 1 : 2;
    }

    /** Text in double quotes. It may be folded behind escapes and before blanks. */
    private final class Escaping {

        private final int[] text;
        private final int indent;
        private final boolean folding;
        /** What has not been written of the characters that are written as they are. */
        private final StringBuilder pending = new StringBuilder();

        Escaping(String text, int indent, boolean folding) {
            this.text = text.codePoints().toArray();
            this.indent = indent;
            this.folding = folding;
        }

        void write() {
            lines.sign("\"", true);
            for (int i = 0; i < text.length; i++) {
                int c = text[i];
                boolean escaped = c == '"' || c == '\\' || c < ' ' || c > '~';
                if (escaped) {
                    flush();
                    lines.write(escape(c));
                }
                int columnReached = lines.column() + (escaped ? -1 : pending.length());
                boolean inside = i > 0 && i < text.length - 1;
                boolean mayBreak = inside && (escaped || c == ' ' || pending.isEmpty());
                if (mayBreak && folding && columnReached > Lines.WIDTH) {
                    flush();
                    lines.write("\\");
                    lines.begin(indent);
                    lines.inText();
                    if (text[escaped ? i + 1 : i] == ' ') {
                        lines.write("\\");
                    }
                }
                if (!escaped) {
                    pending.append((char) c);
                }
            }
            flush();
            lines.sign("\"", false);
        }

        private void flush() {
            lines.write(pending);
            pending.setLength(0);
        }

        private static String escape(int c) {
            return switch (c) {
                case 0 -> "\\0";
                case 0x07 -> "\\a";
                case '\b' -> "\\b";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case 0x0b -> "\\v";
                case '\f' -> "\\f";
                case '\r' -> "\\r";
                case 0x1b -> "\\e";
                case '"' -> "\\\"";
                case '\\' -> "\\\\";
                case 0x85 -> "\\N";
                case 0xa0 -> "\\_";
                case 0x2028 -> "\\L";
                case 0x2029 -> "\\P";
                default -> (c <= 0xff ? "\\x%02X" : c <= 0xffff ? "\\u%04X" : "\\U%08X").formatted(c);
            };
        }
    }
}
