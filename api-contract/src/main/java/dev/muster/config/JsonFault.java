package dev.muster.config;

/** What was read is no JSON, or more of it than allowed; says where. Line and column count from 1. */
public final class JsonFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int offset;
    private final int line;
    private final int column;

    JsonFault(String text, int offset, String what) {
        super(what);
        this.offset = offset;
        this.line = 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
        this.column = offset - (offset == 0 ? -1 : text.lastIndexOf('\n', offset - 1));
    }

    /** For pointing at a place in text that is JSON. */
    public static JsonFault at(String text, int offset) {
        return new JsonFault(text, offset, "here");
    }

    /** In characters from the beginning. */
    public int offset() {
        return offset;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
