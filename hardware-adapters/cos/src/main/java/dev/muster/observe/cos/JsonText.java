package dev.muster.observe.cos;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes compact JSON as the contract has it (§1.4): no spaces, non-ASCII as it is but U+2028 and U+2029, escapes in
 * lower-case hex. Commas come by themselves.
 */
final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;
    /** Whether the next value needs no comma before it. */
    private boolean fresh = true;

    JsonText() {
        this(256);
    }

    JsonText(int size) {
        this.out = new StringBuilder(size);
    }

    JsonText open(char bracket) {
        separate();
        out.append(bracket);
        fresh = true;
        return this;
    }

    JsonText close(char bracket) {
        out.append(bracket);
        fresh = false;
        return this;
    }

    JsonText name(String name) {
        separate();
        quoted(name);
        out.append(':');
        fresh = true;
        return this;
    }

    JsonText text(@Nullable String value) {
        separate();
        if (value == null) {
            out.append("null");
        } else {
            quoted(value);
        }
        return this;
    }

    JsonText texts(List<String> values) {
        open('[');
        values.forEach(this::text);
        return close(']');
    }

    JsonText flag(boolean value) {
        separate();
        out.append(value);
        return this;
    }

    /** Compact JSON from elsewhere. */
    JsonText raw(String json) {
        separate();
        int from = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '\u2028' || c == '\u2029') {
                out.append(json, from, i);
                escape(c);
                from = i + 1;
            }
        }
        out.append(json, from, json.length());
        return this;
    }

    private void separate() {
        if (fresh) {
            fresh = false;
        } else {
            out.append(',');
        }
    }

    /** What needs no escape is copied in one go: nearly all of nearly every text. */
    private void quoted(String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c) || Character.isSurrogate(c) && !isLone(text, i)) {
                continue;
            }
            out.append(text, from, i);
            escaped(c);
            from = i + 1;
        }
        out.append(text, from, text.length()).append('"');
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c != '"' && c != '\\' && c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c);
    }

    private void escaped(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> escape(c);
        }
    }

    /** Half a character has no UTF-8. */
    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
    }

    int length() {
        return out.length();
    }

    byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What was written since it was last taken: a long text is sent in pieces. */
    byte[] taken() {
        byte[] piece = bytes();
        out.setLength(0);
        return piece;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
