package dev.muster.config;

import java.util.Map;

/** Writes JSON in its canonical text. */
final class JsonText {

    private JsonText() {}

    static String of(Json value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Items items -> {
                char before = '[';
                for (Json item : items.values()) {
                    out.append(before);
                    write(item, out);
                    before = ',';
                }
                out.append(before == '[' ? "[]" : "]");
            }
            case Json.Members members -> {
                char before = '{';
                for (Map.Entry<String, Json> member : members.values().entrySet()) {
                    out.append(before);
                    quote(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    before = ',';
                }
                out.append(before == '{' ? "{}" : "}");
            }
            case Json.Text text -> quote(text.value(), out);
            case Json.Num number -> out.append(number);
            case Json.Bool bool -> out.append(bool);
            case Json.Null none -> out.append(none);
        }
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        quote(text, out);
        return out.toString();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // Half a surrogate pair has no UTF-8; escaped it survives storing and sending.
                    if (c < 0x20 || lonely(text, i)) {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean lonely(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
