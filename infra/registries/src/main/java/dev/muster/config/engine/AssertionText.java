package dev.muster.config.engine;

import dev.muster.config.Json;
import dev.muster.config.SubKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the text form in which stores exchange schemas (contract §5): header lines, a blank line, a body of counted
 * bytes, a blank line, a signature. Becomes one JSON object with the headers as members, and {@code body} and
 * {@code signature} as strings. A signature is kept, not checked.
 */
final class AssertionText {

    private static final int DEPTH_MAX = 64;

    private final List<String> lines;
    private int at;

    private AssertionText(List<String> lines) {
        this.lines = lines;
    }

    /** What is wrong, and in which line from 1. */
    static final class TextFault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int line;
        private final String what;

        TextFault(int line, String what) {
            super(what);
            this.line = line;
            this.what = what;
        }

        int line() {
            return line;
        }

        String what() {
            return what;
        }
    }

    static Json.Members read(String text) {
        int end = text.indexOf("\n\n");
        String head = end < 0 ? text : text.substring(0, end);
        AssertionText reader = new AssertionText(List.of(head.split("\n", -1)));
        Json.Members headers = reader.map(0, 0);
        if (reader.at < reader.lines.size()) {
            throw reader.fault("a header with this indentation cannot be here");
        }
        return end < 0 ? headers : withBody(headers, text.substring(end + 2), reader.lines.size() + 2);
    }

    private static Json.Members withBody(Json.Members headers, String rest, int line) {
        byte[] bytes = rest.getBytes(StandardCharsets.UTF_8);
        int length = headers.get("body-length") instanceof Json.Text text ? number(text.value()) : 0;
        if (length < 0 || length > bytes.length) {
            throw new TextFault(line, "'body-length' is not the number of bytes that follow");
        }
        String body = new String(bytes, 0, length, StandardCharsets.UTF_8);
        String after = new String(bytes, length, bytes.length - length, StandardCharsets.UTF_8);
        if (!after.isBlank() && length > 0 && !after.startsWith("\n\n")) {
            throw new TextFault(line, "a blank line is missing after 'body-length' bytes");
        }
        return headers.with("body", Json.of(body)).with("signature", Json.of(after.strip()));
    }

    private static int number(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 9 && digits.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(digits) : -1;
    }

    private Json.Members map(int indent, int depth) {
        TreeMap<String, Json> members = new TreeMap<>();
        while (at < lines.size() && indentOf(lines.get(at)) == indent) {
            String line = lines.get(at).substring(indent);
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            if (!SubKeys.fits(name) || members.containsKey(name)) {
                throw fault(colon < 0 ? "'name: value' is missing" : "'" + name + "' cannot be a header here");
            }
            String value = line.substring(colon + 1);
            if (!value.isEmpty() && !value.startsWith(" ")) {
                throw fault("a blank is missing after the colon");
            }
            at++;
            members.put(name, value.isEmpty() ? nested(indent, depth) : Json.of(value.substring(1)));
        }
        if (members.isEmpty()) {
            throw fault("a header is missing");
        }
        return new Json.Members(members);
    }

    /** What stands below a line without a value: two blanks and a dash begin a list, two a map, four a text. */
    private Json nested(int indent, int depth) {
        if (depth > DEPTH_MAX) {
            throw fault("more than " + DEPTH_MAX + " levels");
        }
        int deeper = at < lines.size() ? indentOf(lines.get(at)) : 0;
        if (deeper == indent + 2) {
            return lines.get(at).startsWith("-", deeper) ? list(deeper, depth + 1) : map(deeper, depth + 1);
        }
        if (deeper < indent + 4) {
            throw fault("what belongs to the line before is missing");
        }
        List<String> text = new ArrayList<>();
        while (at < lines.size() && indentOf(lines.get(at)) >= indent + 4) {
            text.add(lines.get(at++).substring(indent + 4));
        }
        return Json.of(String.join("\n", text));
    }

    private Json list(int indent, int depth) {
        List<Json> items = new ArrayList<>();
        while (at < lines.size()
                && indentOf(lines.get(at)) == indent
                && lines.get(at).startsWith("-", indent)) {
            String item = lines.get(at).substring(indent + 1);
            if (!item.isEmpty() && !item.startsWith(" ")) {
                throw fault("a blank is missing after the dash");
            }
            at++;
            items.add(item.isEmpty() ? nested(indent, depth) : Json.of(item.substring(1)));
        }
        return new Json.Items(items);
    }

    private static int indentOf(String line) {
        int blanks = 0;
        while (blanks < line.length() && line.charAt(blanks) == ' ') {
            blanks++;
        }
        return blanks;
    }

    private TextFault fault(String what) {
        return new TextFault(at + 1, what);
    }
}
