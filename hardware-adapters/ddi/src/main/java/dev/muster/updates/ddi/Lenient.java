package dev.muster.updates.ddi;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes values out of a body the way field devices write them: numbers as text, one value where a list belongs,
 * scalars for text; null is the same as absent (contract §3). What cannot be meant is refused with 400.
 */
final class Lenient {

    private Lenient() {}

    /** The member, or null when it is absent or null. */
    static @Nullable JsonNode member(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** A member that must be an object. */
    static JsonNode object(JsonNode parent, String name) {
        JsonNode value = member(parent, name);
        if (value == null || !value.isObject()) {
            throw DdiFailure.notReadable("'" + name + "' is missing or no object.");
        }
        return value;
    }

    /** A scalar as text, or null. */
    static @Nullable String text(JsonNode parent, String name) {
        JsonNode value = member(parent, name);
        return value == null ? null : scalar(name, value);
    }

    /** A scalar that must be there and not be empty. */
    static String requiredText(JsonNode parent, String name) {
        String text = text(parent, name);
        if (text == null || text.isBlank()) {
            throw DdiFailure.notReadable("'" + name + "' is missing.");
        }
        return text;
    }

    static String scalar(String name, JsonNode value) {
        if (!value.isValueNode() || value.isBinary()) {
            throw DdiFailure.notReadable("'" + name + "' is no text.");
        }
        return value.asString();
    }

    /** A whole number of 64 bits, also as digits in a text, or null. */
    static @Nullable Long wholeNumber(JsonNode parent, String name) {
        JsonNode value = member(parent, name);
        if (value == null) {
            return null;
        }
        String text = value.isNumber() || value.isString() ? value.asString().strip() : "";
        if (text.isEmpty() && value.isString()) {
            return null;
        }
        try {
            return text.length() > 30 ? refuse(name) : (Long) new BigDecimal(text).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
            return refuse(name);
        }
    }

    /** The same within 32 bits. */
    static @Nullable Integer integer(JsonNode parent, String name) {
        Long number = wholeNumber(parent, name);
        if (number == null) {
            return null;
        }
        return number == number.intValue()
                ? (Integer) number.intValue()
                : (Integer) refuse(name).intValue();
    }

    private static Long refuse(String name) {
        throw DdiFailure.notReadable("'" + name + "' is no whole number in range.");
    }

    /** A list of texts; one scalar counts as a list of one, null entries are left out. */
    static List<String> texts(JsonNode parent, String name) {
        JsonNode value = member(parent, name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (!value.isArray()) {
            texts.add(scalar(name, value));
            return texts;
        }
        for (JsonNode each : value) {
            if (!each.isNull()) {
                texts.add(scalar(name, each));
            }
        }
        return texts;
    }

    /** One of an enum's words, in lower case and exactly. */
    static <E extends Enum<E>> E word(JsonNode parent, String name, E[] words) {
        JsonNode value = member(parent, name);
        if (value != null && value.isString()) {
            for (E word : words) {
                if (word.name().toLowerCase(Locale.ROOT).equals(value.asString())) {
                    return word;
                }
            }
        }
        throw DdiFailure.notReadable("'" + name + "' is missing or unknown.");
    }
}
