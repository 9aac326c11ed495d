package dev.muster.observe.documents.yaml;

import dev.muster.observe.documents.text.PythonFloat;
import dev.muster.observe.documents.text.TextFault;
import dev.muster.observe.documents.yaml.Node.Kind;
import dev.muster.observe.documents.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes values of scalars as PyYAML does, with the text that it would write for them. */
final class Scalars {

    private static final BigInteger SIXTY = BigInteger.valueOf(60);
    private static final Set<String> YES = Set.of("yes", "true", "on");
    private static final Set<String> NO = Set.of("no", "false", "off");
    /** What follows an explicit tag for numbers may be written more freely. */
    private static final Pattern TAGGED_REAL = Pattern.compile("[-+]?[0-9][0-9_]*(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?");

    private final int numberLengthMax;
    private final int line;
    private final int column;

    private Scalars(int numberLengthMax, int line, int column) {
        this.numberLengthMax = numberLengthMax;
        this.line = line;
        this.column = column;
    }

    /** The scalar that is written as {@code text} at a place of a document. */
    static Scalar of(Kind kind, String text, YamlLimits limits, int line, int column) {
        return new Scalars(limits.numberLengthMax(), line, column).of(kind, text);
    }

    private Scalar of(Kind kind, String text) {
        return switch (kind) {
            case NULL -> scalar(kind, "null", Kind.NULL);
            case TRUTH -> truth(text);
            case WHOLE -> whole(text);
            case REAL -> real(text);
            case TIME -> time(text);
            case TEXT -> text(text);
            case MERGE, DEFAULT -> throw syntax("'" + text + "' without quotes means nothing here");
        };
    }

    private Scalar scalar(Kind kind, String text, Object same) {
        return new Scalar(kind, text, same, line, column);
    }

    private Scalar text(String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new TextFault(TextFault.Kind.SURROGATE, line, column, "half of a character");
        }
        return scalar(Kind.TEXT, text, text);
    }

    private Scalar truth(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw syntax("this is neither true nor false");
        }
        boolean truth = YES.contains(word);
        return scalar(Kind.TRUTH, Boolean.toString(truth), truth ? BigDecimal.ONE : BigDecimal.ZERO);
    }

    private Scalar whole(String text) {
        if (PlainScalars.kindOf(text) != Kind.WHOLE) {
            throw syntax("this is no whole number");
        }
        String digits = unsigned(text);
        BigInteger size;
        if (digits.startsWith("0b")) {
            size = integer(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            size = integer(digits.substring(2), 16);
        } else if (digits.startsWith("0")) {
            size = integer(digits, 8);
        } else {
            size = BigInteger.ZERO;
            for (String part : digits.split(":")) {
                size = size.multiply(SIXTY).add(new BigInteger(part));
            }
        }
        BigInteger value = text.startsWith("-") ? size.negate() : size;
        String written = value.toString();
        if (written.length() > numberLengthMax) {
            throw tooLong();
        }
        return scalar(Kind.WHOLE, written, new BigDecimal(value).stripTrailingZeros());
    }

    private BigInteger integer(String digits, int radix) {
        if (digits.isEmpty()) {
            throw syntax("a number without digits");
        }
        return new BigInteger(digits, radix);
    }

    private Scalar real(String text) {
        String digits = unsigned(text).toLowerCase(Locale.ROOT);
        if (PlainScalars.kindOf(text) != Kind.REAL && !TAGGED_REAL.matcher(text).matches()) {
            throw syntax("this is no number");
        }
        double size =
                switch (digits) {
                    case ".inf" -> Double.POSITIVE_INFINITY;
                    case ".nan" -> Double.NaN;
                    default -> inSixties(digits);
                };
        double value = text.startsWith("-") ? -size : size;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return scalar(Kind.REAL, Double.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf", value);
        }
        String written = PythonFloat.repr(value);
        // YAML 1.1 wants a point in a number with an exponent.
        return scalar(
                Kind.REAL,
                written.contains(".") ? written : written.replace("e", ".0e"),
                new BigDecimal(value).stripTrailingZeros());
    }

    private static double inSixties(String digits) {
        String[] parts = digits.split(":");
        double size = 0;
        BigInteger weight = BigInteger.ONE;
        for (int i = parts.length - 1; i >= 0; i--) {
            size += Double.parseDouble(parts[i]) * weight.doubleValue();
            weight = weight.multiply(SIXTY);
        }
        return size;
    }

    private Scalar time(String text) {
        try {
            Time time = Time.read(text);
            return scalar(Kind.TIME, time.written(), time.same());
        } catch (DateTimeException e) {
            throw syntax("there is no such date or time");
        }
    }

    private String unsigned(String number) {
        if (number.length() > numberLengthMax) {
            throw tooLong();
        }
        String digits = number.replace("_", "");
        return digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
    }

    private TextFault tooLong() {
        return new TextFault(
                TextFault.Kind.LIMIT, line, column, "a number of more than " + numberLengthMax + " characters");
    }

    private TextFault syntax(String problem) {
        return new TextFault(TextFault.Kind.SYNTAX, line, column, problem);
    }
}
