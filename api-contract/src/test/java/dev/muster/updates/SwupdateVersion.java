package dev.muster.updates;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The clients' comparison of versions, written down a second time, sentence by sentence, to measure ours by. */
final class SwupdateVersion {

    private SwupdateVersion() {}

    record Semantic(List<BigInteger> core, List<String> preRelease) {}

    static boolean isValid(String text) {
        return numeric(text) != null || semantic(text) != null;
    }

    static int compare(String a, String b) {
        if (numeric(a) != null && numeric(b) != null) {
            return numeric(a).compareTo(numeric(b));
        }
        if (semantic(a) != null && semantic(b) != null) {
            return precedence(semantic(a), semantic(b));
        }
        return a.compareTo(b);
    }

    /** The first four parts, 16 bits each; null when one is no such number, or all are 0. */
    static BigInteger numeric(String text) {
        String[] parts = text.split("\\.", -1);
        BigInteger packed = BigInteger.ZERO;
        for (int i = 0; i < 4; i++) {
            BigInteger part = BigInteger.ZERO;
            if (i < parts.length) {
                if (!parts[i].chars().allMatch(c -> c >= '0' && c <= '9') || parts[i].isEmpty()) {
                    return null;
                }
                part = new BigInteger(parts[i]);
                if (part.compareTo(BigInteger.valueOf(65535)) > 0) {
                    return null;
                }
            }
            packed = packed.shiftLeft(16).add(part);
        }
        return packed.signum() == 0 ? null : packed;
    }

    /** Semantic versioning 2.0, minor and patch optional; null when it is none. */
    static Semantic semantic(String text) {
        String rest = text;
        int plus = rest.indexOf('+');
        if (plus >= 0) {
            for (String each : rest.substring(plus + 1).split("\\.", -1)) {
                if (!isIdentifier(each)) {
                    return null;
                }
            }
            rest = rest.substring(0, plus);
        }
        List<String> preRelease = List.of();
        int dash = rest.indexOf('-');
        if (dash >= 0) {
            preRelease = List.of(rest.substring(dash + 1).split("\\.", -1));
            for (String each : preRelease) {
                if (!isIdentifier(each) || (isNumber(each) && hasLeadingZero(each))) {
                    return null;
                }
            }
            rest = rest.substring(0, dash);
        }
        List<BigInteger> core = new ArrayList<>();
        for (String each : rest.split("\\.", -1)) {
            if (!isNumber(each) || hasLeadingZero(each)) {
                return null;
            }
            core.add(new BigInteger(each));
        }
        if (core.size() > 3) {
            return null;
        }
        while (core.size() < 3) {
            core.add(BigInteger.ZERO);
        }
        return new Semantic(core, preRelease);
    }

    private static int precedence(Semantic a, Semantic b) {
        for (int i = 0; i < 3; i++) {
            int order = a.core().get(i).compareTo(b.core().get(i));
            if (order != 0) {
                return order;
            }
        }
        if (a.preRelease().isEmpty() || b.preRelease().isEmpty()) {
            return Boolean.compare(a.preRelease().isEmpty(), b.preRelease().isEmpty());
        }
        for (int i = 0; i < Math.min(a.preRelease().size(), b.preRelease().size()); i++) {
            String left = a.preRelease().get(i);
            String right = b.preRelease().get(i);
            int order;
            if (isNumber(left) && isNumber(right)) {
                order = new BigInteger(left).compareTo(new BigInteger(right));
            } else if (isNumber(left) || isNumber(right)) {
                order = isNumber(left) ? -1 : 1;
            } else {
                order = left.compareTo(right);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.preRelease().size(), b.preRelease().size());
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean hasLeadingZero(String number) {
        return number.length() > 1 && number.charAt(0) == '0';
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c ->
                                (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-');
    }
}
