package dev.muster.lab.boards.ucl;

/** A place in a text that moves forward, and the passing over of what means nothing. */
final class Cursor {

    /** What {@link #peek} says at the end; the text itself has none. */
    static final char END = '\0';

    private final UclSource source;
    private final String text;
    private int at;

    // The last place that was told. Places are asked for in order, so each character is counted once.
    private int toldAt;
    private int toldLine = 1;
    private int toldColumn = 1;

    Cursor(UclSource source) {
        this.source = source;
        this.text = source.text().replace("\r\n", "\n");
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    UclSource source() {
        return source;
    }

    String text() {
        return text;
    }

    int at() {
        return at;
    }

    void moveTo(int index) {
        at = index;
    }

    void skip() {
        at++;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        return charAt(at);
    }

    char next() {
        return charAt(at + 1);
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : END;
    }

    Place place() {
        return place(at);
    }

    Place place(int index) {
        if (index < toldAt) {
            toldAt = 0;
            toldLine = 1;
            toldColumn = 1;
        }
        int until = Math.min(index, text.length());
        for (; toldAt < until; toldAt++) {
            char c = text.charAt(toldAt);
            if (c == '\n') {
                toldLine++;
                toldColumn = 1;
            } else if (!Character.isLowSurrogate(c)) {
                toldColumn++;
            }
        }
        return new Place(toldLine, toldColumn, source.file());
    }

    UclFault fault(String message) {
        return fault(at, message);
    }

    UclFault fault(int index, String message) {
        return UclFault.at(place(index), message);
    }

    /** Passes over blanks. */
    void skipBlanks() {
        while (Characters.isBlank(peek())) {
            at++;
        }
    }

    /** Passes over blanks and comments, and the ends of lines only with a comment; answers whether it passed one. */
    boolean skipBlanksAndComments() {
        boolean passedLine = false;
        while (true) {
            skipBlanks();
            if (peek() == '#') {
                skipLine();
                passedLine = true;
            } else if (!skipComment()) {
                return passedLine;
            }
        }
    }

    /** Passes over white space and comments; answers whether it passed the end of a line. */
    boolean skipWhite() {
        boolean passedLine = skipBlanksAndComments();
        while (peek() == '\n') {
            at++;
            passedLine = true;
            skipBlanksAndComments();
        }
        return passedLine;
    }

    /** Passes over white space, comments, semicolons and commas; answers whether there was something that separates. */
    boolean skipSeparators() {
        boolean separated = skipWhite();
        while (peek() == ';' || peek() == ',') {
            at++;
            separated = true;
            skipWhite();
        }
        return separated;
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private boolean skipComment() {
        if (!atComment()) {
            return false;
        }
        int begin = at;
        int depth = 0;
        do {
            if (atEnd()) {
                throw fault(begin, "This comment does not end.");
            }
            if (atComment()) {
                depth++;
                at += 2;
            } else if (peek() == '*' && next() == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
        return true;
    }

    /** Whether a comment of several lines begins here. */
    boolean atComment() {
        return peek() == '/' && next() == '*';
    }
}
