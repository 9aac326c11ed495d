package dev.muster.updates.bundles.libconfig;

/** Says where and why a text is no libconfig, or goes beyond a limit. Both numbers count from 1, columns in characters. */
public final class LibconfigSyntaxException extends RuntimeException {

    private final int line;
    private final int column;

    LibconfigSyntaxException(int line, int column, String problem) {
        // Broken input is an expected answer, so the stack trace is left out: it costs more than the parsing.
        super("line %d, column %d: %s".formatted(line, column, problem), null, false, false);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
