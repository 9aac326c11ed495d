package dev.muster.updates;

import dev.muster.staging.Silence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an action failed, in a form that can be counted: whatever differs in numbers only is one reason.
 *
 * @param message what the device said first, cut after {@value #LENGTH_MAX} characters, or what its silence means
 * @param code the device's status code, or null
 */
public record FailureReason(String message, @Nullable Integer code) {

    /** The key under which failures are counted that found no place in a full table. */
    public static final String OTHERS = "others";

    /** What stands with an action that failed and is not tried again after all; it is not why it failed. */
    public static final String GIVEN_UP = "Update Server: It is not tried again after all.";

    private static final int LENGTH_MAX = 200;
    private static final int UUID_LENGTH = 36;
    private static final int HEX_MIN = 4;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    public FailureReason {
        message = message.length() > LENGTH_MAX ? message.substring(0, LENGTH_MAX) + "…" : message;
    }

    /**
     * @param timedOut whether time ended it and not the device
     * @param installed whether the device had said that it installed the release
     * @param messages the device's lines, first first
     */
    public static FailureReason of(
            RolloutPlan plan, boolean timedOut, boolean installed, @Nullable Integer code, List<String> messages) {
        if (timedOut) {
            String silence = installed
                    ? Silence.beyond(plan.care().healthyWithin()).replace("no answer", "no proof of health")
                    : Silence.beyond(plan.timeout());
            return new FailureReason(silence, null);
        }
        for (String message : messages) {
            if (!message.isBlank()) {
                return new FailureReason(message.strip(), code);
            }
        }
        return new FailureReason(code == null ? "no reason given" : "status code " + code, code);
    }

    /** Equal for all failures that are one reason: 16 hexadecimal digits of code and message without its numbers. */
    public String key() {
        String words = code + "\n" + masked(message);
        long hash = FNV_OFFSET;
        for (int i = 0; i < words.length(); i++) {
            hash = (hash ^ words.charAt(i)) * FNV_PRIME;
        }
        return String.format("%016x", hash);
    }

    /**
     * The text with {@code #} for each number: decimal, hexadecimal of at least four digits or after {@code 0x}, and
     * UUIDs. {@code sector 4711 bad} and {@code sector 12 bad} become the same.
     */
    public static String masked(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            if (!inWord(text.charAt(i))) {
                masked.append(text.charAt(i++));
                continue;
            }
            if (isUuid(text, i)) {
                masked.append('#');
                i += UUID_LENGTH;
                continue;
            }
            int end = i;
            while (end < text.length() && inWord(text.charAt(end))) {
                end++;
            }
            word(masked, text, i, end);
            i = end;
        }
        return masked.toString();
    }

    private static void word(StringBuilder masked, String text, int from, int end) {
        if (isHex(text, from, end)) {
            masked.append('#');
            return;
        }
        boolean inNumber = false;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (!isDecimal(c)) {
                masked.append(c);
            } else if (!inNumber) {
                masked.append('#');
            }
            inNumber = isDecimal(c);
        }
    }

    private static boolean isHex(String text, int from, int end) {
        boolean marked = end - from > 2 && text.charAt(from) == '0' && (text.charAt(from + 1) | 0x20) == 'x';
        boolean digit = marked;
        for (int i = marked ? from + 2 : from; i < end; i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
            digit |= isDecimal(text.charAt(i));
        }
        return digit && (marked || end - from >= HEX_MIN);
    }

    private static boolean isUuid(String text, int from) {
        if (from + UUID_LENGTH > text.length()) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(from + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : Character.digit(c, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean inWord(char c) {
        return isDecimal(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDecimal(char c) {
        return c >= '0' && c <= '9';
    }
}
