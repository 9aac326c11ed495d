package dev.muster.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads JSON text strictly (RFC 8259, no duplicate members) and with limits on depth, values and digits. The length of
 * the text is for the caller to bound.
 */
public final class JsonReader {

    /** Containers in one another; a value written to a view may have 64 levels. */
    public static final int DEPTH_MAX = 128;

    /** No text of a MiB can have more, so what was accepted in parts can be read as a whole. */
    public static final int VALUES_MAX = 1 << 20;

    /** Significant digits of one number; its canonical text has as many, so it can always be read again. */
    public static final int DIGITS_MAX = 300;

    /** Powers of ten a number may have: larger is nobody's setting, and costs. */
    public static final int MAGNITUDE_MAX = 400;

    private static final int NUMBER_LENGTH_MAX = 1_000;

    /** Characters of a member's name that a message repeats. */
    private static final int NAME_SHOWN_MAX = 100;

    /** In the place of how far a pointer leads: it leads elsewhere. */
    private static final int ASTRAY = -1;

    private final String text;
    private final String pointer;
    private int at;
    private int values;
    private int place;

    private JsonReader(String text, String pointer) {
        this.text = text;
        this.pointer = pointer;
    }

    /** @throws JsonFault when it is no JSON or over a limit */
    public static Json read(String text) {
        return new JsonReader(text, "").document(ASTRAY);
    }

    /**
     * Where the value at a JSON pointer begins, for messages to people who edit the text.
     *
     * @return offset in characters; that of the nearest enclosing value when the pointer leads nowhere
     */
    public static int placeOf(String text, String pointer) {
        JsonReader reader = new JsonReader(text, pointer);
        var unused = reader.document(0);
        return reader.place;
    }

    private Json document(int led) {
        Json value = value(0, led);
        skipBlanks();
        if (at < text.length()) {
            throw fault("there is more after the end of the document");
        }
        return value;
    }

    /** @param led characters of the pointer that lead here: what it leads to is looked for, not where all things are */
    private Json value(int depth, int led) {
        skipBlanks();
        if (depth > DEPTH_MAX) {
            throw fault("more than " + DEPTH_MAX + " levels");
        }
        if (++values > VALUES_MAX) {
            throw fault("more than " + VALUES_MAX + " values");
        }
        if (led != ASTRAY) {
            place = at;
        }
        if (at >= text.length()) {
            throw fault("the text ends where a value should be");
        }
        return switch (text.charAt(at)) {
            case '{' -> members(depth, led);
            case '[' -> items(depth, led);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", Json.NULL);
            default -> number();
        };
    }

    private Json members(int depth, int led) {
        TreeMap<String, Json> members = new TreeMap<>();
        at++;
        if (taken('}')) {
            return new Json.Members(members);
        }
        do {
            skipBlanks();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw fault("a member's name in quotes is missing");
            }
            int nameAt = at;
            String name = string();
            need(':');
            int below = led == ASTRAY ? ASTRAY : led(led, name);
            if (members.put(name, value(depth + 1, below)) != null) {
                at = nameAt;
                String shown = name.length() > NAME_SHOWN_MAX ? name.substring(0, NAME_SHOWN_MAX) + "…" : name;
                throw fault("the member '" + shown + "' is there twice");
            }
        } while (taken(','));
        need('}');
        return new Json.Members(members);
    }

    private Json items(int depth, int led) {
        List<Json> items = new ArrayList<>();
        at++;
        if (taken(']')) {
            return new Json.Items(items);
        }
        do {
            items.add(value(depth + 1, led == ASTRAY ? ASTRAY : led(led, Integer.toString(items.size()))));
        } while (taken(','));
        need(']');
        return new Json.Items(items);
    }

    /** How far the pointer leads with this step taken too. */
    private int led(int before, String name) {
        String step = "/" + escaped(name);
        int end = before + step.length();
        boolean leads = pointer.startsWith(step, before) && (end == pointer.length() || pointer.charAt(end) == '/');
        return leads ? end : ASTRAY;
    }

    /** A name as one part of a JSON pointer. */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            if (c < 0x20) {
                throw fault("a control character in a string");
            }
            out.append(c == '\\' ? escape() : c);
        }
        throw fault("a string without an end");
    }

    private char escape() {
        if (++at >= text.length()) {
            throw fault("a string without an end");
        }
        return switch (text.charAt(at)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault("an unknown escape in a string");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = ++at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0 || text.charAt(at) > 'f') {
                throw fault("\\u needs four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Json number() {
        int from = at;
        skip('-');
        int whole = at;
        int wholeDigits = digits();
        boolean well = wholeDigits == 1 || (wholeDigits > 1 && text.charAt(whole) != '0');
        if (skip('.')) {
            well &= digits() > 0;
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            int exponentDigits = digits();
            well &= exponentDigits > 0;
            if (exponentDigits > 6) {
                throw fault("a number with too large an exponent");
            }
        }
        if (!well) {
            at = from;
            throw fault("no JSON value");
        }
        if (at - from > NUMBER_LENGTH_MAX) {
            throw fault("a number of more than " + NUMBER_LENGTH_MAX + " characters");
        }
        BigDecimal value = new BigDecimal(text.substring(from, at));
        if (value.precision() > DIGITS_MAX) {
            throw fault("a number of more than " + DIGITS_MAX + " digits");
        }
        if (Math.abs((long) value.precision() - value.scale()) > MAGNITUDE_MAX) {
            throw fault("a number with too large an exponent");
        }
        return new Json.Num(value);
    }

    private int digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw fault("no JSON value");
        }
        at += word.length();
        return value;
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private boolean taken(char c) {
        skipBlanks();
        return skip(c);
    }

    private void need(char c) {
        if (!taken(c)) {
            throw fault("'" + c + "' is missing");
        }
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonFault fault(String what) {
        return new JsonFault(text, Math.min(at, text.length()), what);
    }
}
