package dev.muster.observe.cos;

import java.io.ByteArrayOutputStream;

/** Spreads compact JSON over lines, piece by piece, as Python's writer does with an indent. */
final class Indenter {

    private final int indent;
    private int depth;
    private boolean inText;
    private boolean escaped;
    /** A bracket was opened and nothing came after it yet. */
    private boolean opened;

    Indenter(int indent) {
        this.indent = indent;
    }

    byte[] spread(byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(piece.length * 3 / 2 + 16);
        for (byte each : piece) {
            if (inText) {
                within(each, out);
            } else {
                between(each, out);
            }
        }
        return out.toByteArray();
    }

    private void within(byte each, ByteArrayOutputStream out) {
        out.write(each);
        if (escaped) {
            escaped = false;
        } else if (each == '\\') {
            escaped = true;
        } else if (each == '"') {
            inText = false;
        }
    }

    private void between(byte each, ByteArrayOutputStream out) {
        switch (each) {
            case '{', '[' -> {
                begin(out);
                out.write(each);
                depth++;
                opened = true;
            }
            case '}', ']' -> {
                depth--;
                if (!opened) {
                    line(out);
                }
                opened = false;
                out.write(each);
            }
            case ',' -> {
                out.write(each);
                line(out);
            }
            case ':' -> {
                out.write(each);
                out.write(' ');
            }
            default -> {
                begin(out);
                out.write(each);
                inText = each == '"';
            }
        }
    }

    private void begin(ByteArrayOutputStream out) {
        if (opened) {
            line(out);
            opened = false;
        }
    }

    private void line(ByteArrayOutputStream out) {
        out.write('\n');
        for (int i = 0; i < depth * indent; i++) {
            out.write(' ');
        }
    }
}
