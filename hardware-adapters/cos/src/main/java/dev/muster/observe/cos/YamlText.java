package dev.muster.observe.cos;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Writes JSON values as YAML in block style. Only what cannot be taken for anything else stands unquoted. */
final class YamlText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Pattern WORD = Pattern.compile("y|n|yes|no|on|off|true|false|null", Pattern.CASE_INSENSITIVE);

    private final StringBuilder out = new StringBuilder(16 * 1024);

    static String of(JsonNode value) {
        YamlText text = new YamlText();
        text.lines(value, 0);
        return text.out.toString();
    }

    private void lines(JsonNode value, int depth) {
        if (value.isObject()) {
            value.properties().forEach(member -> {
                indent(depth);
                out.append(text(member.getKey())).append(':');
                nested(member.getValue(), depth);
            });
        } else {
            value.forEach(item -> {
                indent(depth);
                out.append('-');
                nested(item, depth);
            });
        }
    }

    private void nested(JsonNode value, int depth) {
        if (value.isContainer() && !value.isEmpty()) {
            out.append('\n');
            lines(value, depth + 1);
            return;
        }
        out.append(' ')
                .append(value.isString() ? text(value.asString()) : value.toString())
                .append('\n');
    }

    private void indent(int depth) {
        out.repeat("  ", depth);
    }

    private static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        return plain ? text : new JsonText().text(text).toString();
    }
}
