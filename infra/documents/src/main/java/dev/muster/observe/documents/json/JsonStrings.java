package dev.muster.observe.documents.json;

import dev.muster.observe.documents.text.TextFault;

/** Strings: from any form into the canonical one, and from that into ASCII. */
final class JsonStrings {

    private static final String HEX = "0123456789abcdef";

    private final String in;
    private final StringBuilder out;
    private int loneSurrogateAt = -1;

    JsonStrings(String in, StringBuilder out) {
        this.in = in;
        this.out = out;
    }

    /** Where the first half of a character without its other half was read, or -1. */
    int loneSurrogateAt() {
        return loneSurrogateAt;
    }

    /** Writes the string whose opening quote is at {@code quote}; gives the index behind the closing one. */
    int copy(int quote) {
        out.append('"');
        int at = quote + 1;
        while (true) {
            int run = at;
            while (at < in.length() && isPlain(in.charAt(at))) {
                at++;
            }
            out.append(in, run, at);
            if (at == in.length()) {
                throw TextFault.at(in, quote, TextFault.Kind.SYNTAX, "a string without end");
            }
            char c = in.charAt(at);
            if (c == '"') {
                out.append('"');
                return at + 1;
            }
            if (c < ' ') {
                throw TextFault.at(in, at, TextFault.Kind.SYNTAX, "a control character in a string");
            }
            at = c == '\\' ? escape(at) : unit(c, at, at + 1);
        }
    }

    private int escape(int at) {
        char c = at + 1 < in.length() ? in.charAt(at + 1) : 0;
        int meant =
                switch (c) {
                    case '"', '\\', '/' -> c;
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> -1;
                };
        if (meant >= 0) {
            write(out, (char) meant);
            return at + 2;
        }
        int unit = c == 'u' ? hex(at + 2) : -1;
        if (unit < 0) {
            throw TextFault.at(in, at, TextFault.Kind.SYNTAX, "an escape that means nothing");
        }
        return unit((char) unit, at, at + 6);
    }

    /** Writes what began at {@code from} and stands for {@code c}; takes the other half of a character with it. */
    private int unit(char c, int from, int end) {
        if (Character.isHighSurrogate(c)) {
            boolean escaped = in.startsWith("\\u", end);
            int low = escaped ? hex(end + 2) : end < in.length() ? in.charAt(end) : -1;
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                out.append(c).append((char) low);
                return end + (escaped ? 6 : 1);
            }
        }
        if (Character.isSurrogate(c) && loneSurrogateAt < 0) {
            loneSurrogateAt = from;
        }
        write(out, c);
        return end;
    }

    private int hex(int from) {
        if (from + 4 > in.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            char c = in.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !isSeparator(c) && !Character.isSurrogate(c);
    }

    /** Line and paragraph separators end a line in old JavaScript. */
    private static boolean isSeparator(char c) {
        return c == 0x2028 || c == 0x2029;
    }

    private static void write(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || isSeparator(c) || Character.isSurrogate(c)) {
                    writeEscaped(out, c);
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static void writeEscaped(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
    }

    /** A canonical value with a blank behind each comma and colon, and all of it in printable ASCII. */
    static String spaced(String canonical) {
        StringBuilder out = new StringBuilder(canonical.length() + canonical.length() / 8 + 16);
        boolean inString = false;
        for (int i = 0; i < canonical.length(); i++) {
            char c = canonical.charAt(i);
            if (inString && c == '\\') {
                out.append(c).append(canonical.charAt(++i));
            } else if (inString && c > '~') {
                writeEscaped(out, c);
            } else {
                inString ^= c == '"';
                out.append(c);
                if (!inString && (c == ',' || c == ':')) {
                    out.append(' ');
                }
            }
        }
        return out.toString();
    }
}
