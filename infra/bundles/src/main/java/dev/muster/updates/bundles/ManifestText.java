package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a RAUC manifest: groups of keys with values, as GLib's key files have them. Stricter in one thing: a group
 * or a key that is there twice is refused, for programs differ in which of the two they take.
 */
final class ManifestText {

    static final int SIZE_MAX = 64 * 1024;

    private static final int LINES_MAX = 4096;
    private static final int GROUPS_MAX = 500;

    /** With the language of the value behind some. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.@-]{1,100}(\\[[A-Za-z0-9_.@-]{1,50}])?");

    private final Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    private @Nullable Map<String, String> group;
    private int line;

    private ManifestText() {}

    /** The groups in their order, and in each the values by key. */
    static Map<String, Map<String, String>> parse(byte[] bytes) {
        ManifestText text = new ManifestText();
        for (String each : decoded(bytes).split("\n", -1)) {
            text.read(each.endsWith("\r") ? each.substring(0, each.length() - 1) : each);
        }
        return Collections.unmodifiableMap(text.groups);
    }

    private static String decoded(byte[] bytes) {
        if (bytes.length > SIZE_MAX) {
            throw Bundles.broken("The manifest has %d bytes, the most is %d.".formatted(bytes.length, SIZE_MAX));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Bundles.broken("The manifest is no valid UTF-8.");
        }
    }

    private void read(String text) {
        if (++line > LINES_MAX) {
            throw Bundles.broken("The manifest has more than %d lines.".formatted(LINES_MAX));
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
            throw wrong("has control characters");
        }
        if (text.isBlank() || text.startsWith("#")) {
            return;
        }
        if (text.startsWith("[")) {
            start(text.stripTrailing());
            return;
        }
        int equals = text.indexOf('=');
        String key = equals < 0 ? "" : text.substring(0, equals).strip();
        if (!KEY.matcher(key).matches()) {
            throw wrong("is neither a group nor a key with a value");
        }
        if (group == null) {
            throw wrong("stands before the first group");
        }
        if (group.put(key, unescaped(text.substring(equals + 1).strip())) != null) {
            throw wrong("has the key %s a second time".formatted(Quoted.text(key)));
        }
    }

    private void start(String text) {
        String name = text.substring(1, Math.max(1, text.length() - 1));
        if (!text.endsWith("]") || name.isEmpty() || name.indexOf('[') >= 0 || name.indexOf(']') >= 0) {
            throw wrong("is no group");
        }
        Map<String, String> started = new LinkedHashMap<>();
        if (groups.put(name, started) != null) {
            throw wrong("starts the group %s a second time".formatted(Quoted.text(name)));
        }
        if (groups.size() > GROUPS_MAX) {
            throw Bundles.broken("The manifest has more than %d groups.".formatted(GROUPS_MAX));
        }
        group = started;
    }

    private String unescaped(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            i++;
            char escaped = i < value.length() ? value.charAt(i) : 0;
            plain.append(
                    switch (escaped) {
                        case 's' -> ' ';
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case '\\' -> '\\';
                        default -> throw wrong("has a backslash that means nothing");
                    });
        }
        return plain.toString();
    }

    private Refused wrong(String problem) {
        return Bundles.broken("Line %d of the manifest %s.".formatted(line, problem));
    }
}
