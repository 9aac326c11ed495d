package dev.muster.observe.documents.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles as Python writes them: as few digits as tell the number from its neighbours. */
public final class PythonFloat {

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private PythonFloat() {}

    /**
     * What {@code repr} gives: {@code 1.5}, {@code 100000.0}, {@code 1e-07}, {@code 1e+16}, {@code -0.0}.
     *
     * @param value finite
     */
    public static String repr(double value) {
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double size = Math.abs(value);
        if (size == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(size);
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        return sign + (exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : positional(digits, exponent));
    }

    private static BigDecimal shortest(double size) {
        BigDecimal shortest = new BigDecimal(Double.toString(size)).stripTrailingZeros();
        if (shortest.precision() == 2) {
            // Java prefers two digits where one would do, which happens among the very smallest numbers only.
            BigDecimal shorter = new BigDecimal(size).round(ONE_DIGIT);
            if (shorter.doubleValue() == size) {
                return shorter.stripTrailingZeros();
            }
        }
        return shortest;
    }

    private static String positional(String digits, int exponent) {
        if (exponent < 0) {
            return "0." + "0".repeat(-exponent - 1) + digits;
        }
        int whole = exponent + 1;
        return digits.length() <= whole
                ? digits + "0".repeat(whole - digits.length()) + ".0"
                : digits.substring(0, whole) + "." + digits.substring(whole);
    }

    private static String scientific(String digits, int exponent) {
        String size = Integer.toString(Math.abs(exponent));
        return digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + (size.length() < 2 ? "0" + size : size);
    }
}
