package dev.muster.observe.cos;

import java.math.BigDecimal;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** JSON values as the original's language writes them: numbers that become text, values and types in its messages. */
final class PythonText {

    private PythonText() {}

    /** The name of a value's type. */
    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "str";
            case BOOLEAN -> "bool";
            case ARRAY -> "list";
            case OBJECT -> "dict";
            case NULL -> "NoneType";
            default -> value.isIntegralNumber() ? "int" : "float";
        };
    }

    /** A value as text. */
    static String text(JsonNode value) {
        return value.isString() ? value.asString() : repr(value);
    }

    private static String repr(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> quoted(value.asString());
            case BOOLEAN -> value.asBoolean() ? "True" : "False";
            case NULL -> "None";
            case ARRAY -> {
                StringJoiner items = new StringJoiner(", ", "[", "]");
                value.forEach(item -> items.add(repr(item)));
                yield items.toString();
            }
            case OBJECT -> {
                StringJoiner members = new StringJoiner(", ", "{", "}");
                value.properties().forEach(it -> members.add(quoted(it.getKey()) + ": " + repr(it.getValue())));
                yield members.toString();
            }
            default -> number(value);
        };
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return quote + (quote == '\'' ? escaped.replace("'", "\\'") : escaped) + quote;
    }

    private static String number(JsonNode value) {
        return value.isIntegralNumber() ? value.bigIntegerValue().toString() : real(value.doubleValue());
    }

    /** The shortest digits that say the same; with an exponent below 1e-4 and from 1e16. */
    static String real(double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return value > 0 ? "inf" : value < 0 ? "-inf" : "nan";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - shortest.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? '-' : '+') + power;
        }
        String plain = shortest.toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    /** Without white space at its ends, of which that language knows more than {@link String#strip}. */
    static String stripped(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
