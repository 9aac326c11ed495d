package dev.muster.updates.query;

import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.query.Wildcard;
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

    private static boolean within(@Nullable String text, String word) {
        return text != null && Wildcard.find(text, 0, text.length(), word, true) >= 0;
    }
}
