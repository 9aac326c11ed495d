package dev.muster.observe.documents.yaml;

import dev.muster.observe.documents.text.TextFault;

/** The text so far, and where on its last line the pen is. */
final class Lines {

    /** A line that is longer is broken at the next chance. */
    static final int WIDTH = 80;

    private final int sizeMax;
    private final StringBuilder out = new StringBuilder();
    private int column;
    /** Whether nothing that would need a blank before what follows was written last. */
    private boolean blank = true;
    /** Whether the line holds nothing but blanks, dashes and question marks. */
    private boolean fresh = true;

    Lines(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    String text() {
        return out.toString();
    }

    boolean isFresh() {
        return fresh;
    }

    boolean isBlank() {
        return blank;
    }

    boolean isFull() {
        return column > WIDTH;
    }

    int column() {
        return column;
    }

    /** Writes what holds the document together, after a blank where one is needed. */
    void sign(String sign, boolean apart) {
        sign(sign, apart, false);
    }

    /** Writes a dash or question mark, behind which more of the same may stand on the line. */
    void dash(String sign) {
        sign(sign, true, true);
    }

    private void sign(String sign, boolean apart, boolean staysFresh) {
        write(apart && !blank ? " " + sign : sign);
        blank = false;
        fresh &= staysFresh;
    }

    /** Writes a part of a scalar's text. */
    void write(CharSequence part) {
        out.append(part);
        column += part.length();
    }

    /** Says that text stands at the end of the line. */
    void inText() {
        blank = false;
        fresh = false;
    }

    /** Goes to a column, on a new line unless this one has come no further. */
    void begin(int indent) {
        if (!fresh || column > indent || column == indent && !blank) {
            end();
        }
        if (column < indent) {
            blank = true;
            write(" ".repeat(indent - column));
        }
    }

    void end() {
        if (out.length() > sizeMax) {
            throw new TextFault(TextFault.Kind.LIMIT, 0, 0, "more than " + sizeMax + " characters when written out");
        }
        out.append('\n');
        column = 0;
        blank = true;
        fresh = true;
    }
}
