package dev.muster.observe.documents.text;

import java.util.Locale;

/** Says where and why a text cannot be taken. */
public final class TextFault extends RuntimeException {

    private static final int MESSAGE_LENGTH_MAX = 300;

    /** The kinds of faults, as {@code DocumentTexts} tells them. */
    public enum Kind {
        SYNTAX,
        TYPE,
        LIMIT,
        SURROGATE,
        PLACEHOLDER;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final String problem;
    private final int line;
    private final int column;

    /**
     * @param line from 1, or 0 when it cannot be told
     * @param column from 1 in characters, or 0 when it cannot be told
     */
    public TextFault(Kind kind, int line, int column, String problem) {
        // Broken input is an expected answer, so the stack trace is left out: it costs more than the parsing.
        super(shortened(problem), null, false, false);
        this.problem = shortened(problem);
        this.kind = kind;
        this.line = line;
        this.column = column;
    }

    /** The fault at an index of a text. */
    public static TextFault at(String text, int index, Kind kind, String problem) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextFault(kind, line, text.codePointCount(lineStart, index) + 1, problem);
    }

    private static String shortened(String problem) {
        return problem.length() <= MESSAGE_LENGTH_MAX ? problem : problem.substring(0, MESSAGE_LENGTH_MAX) + "…";
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
