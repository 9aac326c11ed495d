package dev.muster.observe.documents.json;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** JSON at random, written in every way the grammar allows, and in some it does not. */
final class JsonTexts {

    /** The first are numbers, the rest are none. */
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "0.0",
            "-0e0",
            "0E+5",
            "1",
            "-1",
            "10",
            "1.50",
            "1.0",
            "100000.0",
            "1E5",
            "1e5",
            "1e-7",
            "1E-05",
            "0.0001",
            "0.00001",
            "1e15",
            "1e16",
            "123456789012345678",
            "1234567890123456789012345678901234567890",
            "1e22",
            "1e23",
            "9007199254740993",
            "9007199254740993.0",
            "5e-324",
            "4.9e-324",
            "1e-323",
            "3e-320",
            "1e-400",
            "2.5e-310",
            "1.7976931348623157e308",
            "0.1",
            "0.30000000000000004",
            "1e21",
            "2.2250738585072011e-308",
            "01",
            "-",
            "+1",
            ".5",
            "1.",
            "1e",
            "1e+",
            "0x10",
            "1_0",
            "NaN",
            "Infinity",
            "-Infinity",
            "1e1.5",
            "--1");

    private static final List<String> STRINGS = List.of(
            "",
            "a",
            "title",
            "\\n",
            "\\/",
            "/",
            "\\u0041",
            "\\u00e9",
            "\u00e9",
            "\u65e5\u672c",
            "\ud83d\ude00",
            "\\ud83d\\ude00",
            "\\uD83D\\uDE00",
            "\\ud83d",
            "\\ude00",
            "\\ud83d\\ud83d\\ude00",
            "\\ude00\\ud83d",
            "\\ud83dx",
            "\u2028",
            "\\u2028",
            "\u2029",
            "\\u0000",
            "\\u001f",
            "\u007f",
            "\\u007f",
            "\\b\\f\\r\\t\\\"\\\\",
            "\\x",
            "\\",
            "\\u12",
            "\\u12g4",
            "\\u+123",
            "\n",
            "\t",
            "\u0001",
            "\u0080",
            "\ufeff",
            "__proto__",
            "{{x}}",
            "a,b:c",
            "\uffff");

    private final Random random;

    JsonTexts(Random random) {
        this.random = random;
    }

    String value() {
        StringBuilder text = new StringBuilder();
        blanks(text);
        value(text, 0);
        blanks(text);
        if (random.nextInt(8) == 0) {
            int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
            text.insert(
                    at,
                    List.of("\"", ",", ":", "}", "]", "{", "[", "0", "\\", " ", "\u000b", "\ufeff", "null", "e")
                            .get(random.nextInt(14)));
        }
        return text.toString();
    }

    private void value(StringBuilder text, int depth) {
        switch (random.nextInt(depth > 4 ? 5 : 9)) {
            case 0 -> text.append(List.of("true", "false", "null").get(random.nextInt(3)));
            case 1 -> text.append(NUMBERS.get(random.nextInt(random.nextInt(8) == 0 ? NUMBERS.size() : 37)));
            case 2, 3 -> text.append(number());
            case 4 -> string(text);
            case 5, 6 -> {
                text.append('[');
                blanks(text);
                for (int i = random.nextInt(5); i > 0; i--) {
                    value(text, depth + 1);
                    blanks(text);
                    text.append(i > 1 ? "," : "");
                    blanks(text);
                }
                text.append(']');
            }
            default -> {
                text.append('{');
                blanks(text);
                for (int i = random.nextInt(random.nextInt(4) == 0 ? 40 : 5); i > 0; i--) {
                    name(text);
                    blanks(text);
                    text.append(':');
                    blanks(text);
                    value(text, depth + 1);
                    blanks(text);
                    text.append(i > 1 ? "," : "");
                    blanks(text);
                }
                text.append('}');
            }
        }
    }

    /** Few names, so that some come twice. */
    private void name(StringBuilder text) {
        if (random.nextInt(4) == 0) {
            string(text);
        } else {
            text.append('"').append((char) ('a' + random.nextInt(26))).append('"');
        }
    }

    private void string(StringBuilder text) {
        text.append('"');
        for (int i = random.nextInt(3); i >= 0; i--) {
            int index = random.nextInt(random.nextInt(10) == 0 ? STRINGS.size() : 26);
            text.append(STRINGS.get(index));
        }
        text.append('"');
    }

    private String number() {
        double value = random.nextBoolean()
                ? Double.longBitsToDouble(random.nextLong())
                : random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "7";
        }
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(value);
            case 1 -> String.format(Locale.ROOT, "%." + random.nextInt(25) + "e", value);
            case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
            default -> Double.toString((float) random.nextGaussian());
        };
    }

    private void blanks(StringBuilder text) {
        if (random.nextInt(4) == 0) {
            text.append(List.of(" ", "\n", "\t", "\r\n", "  ").get(random.nextInt(5)));
        }
    }
}
