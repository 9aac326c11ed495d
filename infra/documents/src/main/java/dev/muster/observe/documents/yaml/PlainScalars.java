package dev.muster.observe.documents.yaml;

import dev.muster.observe.documents.yaml.Node.Kind;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What YAML 1.1 takes a scalar without quotes for, by its looks. No pattern here repeats a group, so none recurses.
 *
 * @see <a href="https://yaml.org/type/">YAML's language-independent types for 1.1</a>, as PyYAML narrows them
 */
final class PlainScalars {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUTHS = Set.of(
            "yes", "Yes", "YES", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE", "on", "On", "ON",
            "off", "Off", "OFF");
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?0|[-+]?[1-9][0-9_]*" + "|[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern REAL = Pattern.compile("[-+]?[0-9][0-9_]*\\.[0-9_]*|\\.[0-9][0-9_]*"
            + "|[-+]?[0-9][0-9_]*\\.[0-9_]*[eE][-+][0-9]+|\\.[0-9][0-9_]*[eE][-+][0-9]+"
            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
            + "(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

    private static final Pattern SIXTIES_START = Pattern.compile("[-+]?[0-9][0-9_]*");
    private static final Pattern SIXTIES_END = Pattern.compile("\\.[0-9_]*");

    private PlainScalars() {}

    static Kind kindOf(String text) {
        if (NULLS.contains(text)) {
            return Kind.NULL;
        }
        if (TRUTHS.contains(text)) {
            return Kind.TRUTH;
        }
        return switch (text.charAt(0)) {
            case '-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numberOrTime(text);
            case '<' -> text.equals("<<") ? Kind.MERGE : Kind.TEXT;
            case '=' -> text.equals("=") ? Kind.DEFAULT : Kind.TEXT;
            default -> Kind.TEXT;
        };
    }

    private static Kind numberOrTime(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return REAL.matcher(text).matches()
                    ? Kind.REAL
                    : WHOLE.matcher(text).matches()
                            ? Kind.WHOLE
                            : TIME.matcher(text).matches() ? Kind.TIME : Kind.TEXT;
        }
        return TIME.matcher(text).matches() ? Kind.TIME : inSixties(text, colon);
    }

    /** {@code 12:30:45} and {@code 12:30.5} are numbers to the base of sixty. */
    private static Kind inSixties(String text, int firstColon) {
        if (!SIXTIES_START.matcher(text).region(0, firstColon).matches()) {
            return Kind.TEXT;
        }
        int at = firstColon;
        while (at < text.length() && text.charAt(at) == ':') {
            int end = at + 1;
            while (end < text.length() && end < at + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            if (end == at + 1 || end == at + 3 && text.charAt(at + 1) > '5') {
                return Kind.TEXT;
            }
            at = end;
        }
        if (at == text.length()) {
            char first = text.charAt(isDigit(text.charAt(0)) ? 0 : 1);
            return first == '0' ? Kind.TEXT : Kind.WHOLE;
        }
        return SIXTIES_END.matcher(text).region(at, text.length()).matches() ? Kind.REAL : Kind.TEXT;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
