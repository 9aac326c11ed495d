package dev.muster.observe.documents.json;

import dev.muster.observe.documents.text.PythonFloat;
import dev.muster.observe.documents.text.TextFault;
import dev.muster.observe.documents.text.TextFault.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites JSON into its canonical form in one pass: what is read is written at once. Only an object in which a name
 * was given twice is written again, without what was overruled; as objects nest no deeper than the limit, that costs no
 * more than the limit times the text.
 *
 * <p>The canonical form has no blanks, members in the order given, each name once (the last value, at the first place),
 * numbers as Python has them ({@code 1.50} is {@code 1.5}, {@code 1e-7} is {@code 1e-07}, integers of any size stay),
 * and all characters as they are but for control characters, U+2028, U+2029 and lone surrogates, which are escaped.
 * NaN, infinities, numbers that no double holds, a byte order mark and anything behind the end are no JSON.
 */
public final class CanonicalJson {

    private final String in;
    private final JsonLimits limits;
    private final StringBuilder out;
    private final JsonStrings strings;
    private final List<Members> membersByDepth = new ArrayList<>();
    private int at;

    CanonicalJson(String in, JsonLimits limits) {
        if (in.length() > limits.sizeMax()) {
            throw tooLong(limits);
        }
        this.in = in;
        this.limits = limits;
        this.out = new StringBuilder(in.length());
        this.strings = new JsonStrings(in, out);
    }

    /** One object in which all characters are whole, so that it can be stored as UTF-8. */
    public static String object(String json, JsonLimits limits) {
        CanonicalJson reader = new CanonicalJson(json, limits);
        String object = reader.whole();
        if (object.charAt(0) != '{') {
            throw new TextFault(Kind.TYPE, 0, 0, "this is no object");
        }
        if (reader.strings.loneSurrogateAt() >= 0) {
            throw TextFault.at(json, reader.strings.loneSurrogateAt(), Kind.SURROGATE, "half of a character");
        }
        return object;
    }

    /** One value of any type. */
    String whole() {
        skipBlanks();
        value(0);
        skipBlanks();
        if (at < in.length()) {
            throw wrong("something behind the end");
        }
        return out.toString();
    }

    private void value(int depth) {
        switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> at = strings.copy(at);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw wrong("a value is missing here");
        }
        if (out.length() > limits.sizeMax()) {
            throw tooLong(limits);
        }
    }

    private void object(int depth) {
        descend(depth);
        while (membersByDepth.size() <= depth) {
            membersByDepth.add(new Members());
        }
        Members members = membersByDepth.get(depth);
        members.clear();
        int objectStart = out.length();
        out.append('{');
        boolean more = peek() != '}';
        while (more) {
            int start = out.length();
            if (peek() != '"') {
                throw wrong("a name is missing here");
            }
            at = strings.copy(at);
            int nameEnd = out.length();
            skipBlanks();
            expect(':');
            skipBlanks();
            value(depth + 1);
            members.add(out, start, nameEnd, out.length());
            more = another('}');
        }
        expect('}');
        if (members.repeated()) {
            StringBuilder rewritten = members.rewritten(out);
            // The closing bracket is part of it.
            out.setLength(objectStart);
            out.append(rewritten);
        }
    }

    private void array(int depth) {
        descend(depth);
        out.append('[');
        boolean more = peek() != ']';
        while (more) {
            value(depth + 1);
            more = another(']');
        }
        expect(']');
    }

    private void descend(int depth) {
        if (depth >= limits.depthMax()) {
            throw TextFault.at(in, at, Kind.LIMIT, "nested deeper than " + limits.depthMax());
        }
        at++;
        skipBlanks();
    }

    /** After a member or value: whether a comma and another one follow. */
    private boolean another(char bracket) {
        skipBlanks();
        if (peek() == bracket) {
            return false;
        }
        expect(',');
        skipBlanks();
        return true;
    }

    private void word(String word) {
        if (!in.startsWith(word, at)) {
            throw wrong("a word that is neither true, false nor null");
        }
        at += word.length();
        out.append(word);
    }

    private void number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        boolean whole = true;
        if (peek() == '.') {
            whole = false;
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            whole = false;
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        if (at - start > limits.numberLengthMax()) {
            throw TextFault.at(
                    in, start, Kind.LIMIT, "a number of more than " + limits.numberLengthMax() + " characters");
        }
        String number = in.substring(start, at);
        if (whole) {
            out.append(number.equals("-0") ? "0" : number);
            return;
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value)) {
            throw TextFault.at(in, start, Kind.SYNTAX, "a number beyond all that can be computed with");
        }
        out.append(PythonFloat.repr(value));
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw wrong("a digit is missing here");
        }
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "' is missing here");
        }
        out.append(c);
        at++;
    }

    private void skipBlanks() {
        while (at < in.length() && " \t\n\r".indexOf(in.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; NUL, which is never right, at the end. */
    private char peek() {
        return at < in.length() ? in.charAt(at) : 0;
    }

    private TextFault wrong(String problem) {
        return TextFault.at(in, at, Kind.SYNTAX, at < in.length() ? problem : "the text ends too early");
    }

    private static TextFault tooLong(JsonLimits limits) {
        return new TextFault(Kind.LIMIT, 0, 0, "more than " + limits.sizeMax() + " characters");
    }
}
