package dev.muster.lab.boards.ucl;

import org.jspecify.annotations.Nullable;

/** Says where and why a text is no UCL, or not one that is taken. */
public final class UclFault extends RuntimeException {

    private final int line;
    private final int column;
    private final @Nullable String file;

    /**
     * @param message a sentence, without the place and without values of the text
     * @param line from 1
     * @param column from 1, in characters
     * @param file null for a text that is in none
     */
    public UclFault(String message, int line, int column, @Nullable String file) {
        // Broken input is an expected answer, so the stack trace is left out: it costs more than the parsing.
        super(message, null, false, false);
        this.line = line;
        this.column = column;
        this.file = file;
    }

    static UclFault at(Place place, String message) {
        return new UclFault(message, place.line(), place.column(), place.file());
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public @Nullable String file() {
        return file;
    }

    public Place place() {
        return new Place(line, column, file);
    }
}
