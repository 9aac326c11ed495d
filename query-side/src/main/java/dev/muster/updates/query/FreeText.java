package dev.muster.updates.query;

import dev.muster.kernel.KernelRefusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Free text: every word must occur somewhere in the id, name, address, group, a tag or an attribute's value. */
final class FreeText {

    private FreeText() {}

    static Term compile(@Nullable String text, QuerySettings settings) {
        if (text == null || text.isBlank()) {
            return Term.ALL;
        }
        if (text.length() > settings.textLengthMax()) {
            throw KernelRefusal.INVALID_REQUEST.because(
                    "Free text has at most " + settings.textLengthMax() + " characters.");
        }
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (words.length > settings.textWordsMax()) {
            throw KernelRefusal.INVALID_REQUEST.because("Free text has at most " + settings.textWordsMax() + " words.");
        }
        return (device, sightings) -> {
            for (String word : words) {
                if (!anywhere(device, word)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static boolean anywhere(DeviceState device, String word) {
        if (within(device.id.value(), word)
                || within(device.name, word)
                || within(device.group, word)
                || within(device.address, word)) {
            return true;
        }
        for (String tag : device.tags) {
            if (within(tag, word)) {
                return true;
            }
        }
        for (int i = 1; i < device.attributes.length; i += 2) {
            if (within(device.attributes[i], word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code word}, in lower case, occurs in {@code text} in any case; makes no garbage. */
    static boolean within(@Nullable String text, String word) {
        if (text == null) {
            return false;
        }
        char first = word.charAt(0);
        int last = text.length() - word.length();
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if ((c == first || Character.toLowerCase(c) == first)
                    && text.regionMatches(true, i, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
