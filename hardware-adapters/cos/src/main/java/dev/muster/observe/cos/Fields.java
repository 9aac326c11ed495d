package dev.muster.observe.cos;

import dev.muster.kernel.Refused;
import dev.muster.observe.IpAddresses;
import dev.muster.observe.Uid;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads single fields of a body by the contract's rules (§1.6) and notes what is wrong. A field that is absent, or
 * wrong, reads as null; {@link Faults} tells which.
 */
final class Fields {

    private static final String REQUIRED = "This field is required.";
    private static final String NULL = "This field may not be null.";
    private static final String BLANK = "This field may not be blank.";
    private static final String NO_STRING = "Not a valid string.";
    private static final String NO_ADDRESS = "Enter a valid IPv4 or IPv6 address.";
    private static final String NO_BOOLEAN = "Must be a valid boolean.";
    private static final Set<String> BOOLEANS = Set.of(
            "t", "y", "yes", "true", "on", "1", "f", "n", "no", "false", "off", "0", "True", "TRUE", "T", "Y", "Yes",
            "YES", "On", "ON", "False", "FALSE", "F", "N", "No", "NO", "Off", "OFF");

    final Body body;
    final Faults faults = new Faults();
    /** Whether fields may be missing that are required otherwise: PATCH. */
    private final boolean partial;

    Fields(Body body, boolean partial) {
        this.body = body;
        this.partial = partial;
    }

    /** A name for something; checked for form, not whether it is free. */
    @Nullable
    Uid uid() {
        String text = text("uid", true, Uid.LENGTH_MAX);
        if (text == null) {
            return null;
        }
        try {
            return new Uid(text);
        } catch (Refused e) {
            faults.add("uid", e.refusal().message());
            return null;
        }
    }

    /** An address in normal form. */
    @Nullable
    String address() {
        JsonNode value = given("address", true);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            faults.add("address", NO_ADDRESS);
            return null;
        }
        String text = PythonText.stripped(value.asString());
        if (text.isEmpty()) {
            faults.add("address", BLANK);
            return null;
        }
        // A slash makes a network of it, for the original even where it stands in a zone.
        String normal = text.indexOf('/') >= 0 ? null : IpAddresses.normalOrNull(text);
        if (normal == null) {
            faults.add("address", NO_ADDRESS);
        }
        return normal;
    }

    /** Text without white space at its ends, never empty; numbers are taken for text. */
    @Nullable
    String text(String field, boolean required, int lengthMax) {
        JsonNode value = given(field, required);
        if (value == null) {
            return null;
        }
        if (!value.isString() && !value.isNumber()) {
            faults.add(field, NO_STRING);
            return null;
        }
        String text = PythonText.stripped(PythonText.text(value));
        if (text.isEmpty()) {
            if (!body.isForm() || required) {
                faults.add(field, BLANK);
            }
            return null;
        }
        return isFine(field, text, lengthMax) ? text : null;
    }

    /** Text that is only type-checked: it may be empty and keeps its ends. */
    @Nullable
    String anyText(String field) {
        JsonNode value = given(field, false);
        if (value == null) {
            return null;
        }
        if (!value.isString() && !value.isNumber()) {
            faults.add(field, NO_STRING);
            return null;
        }
        return PythonText.text(value);
    }

    /** Checks that a flag is one, if it was sent. */
    void flag(String field) {
        JsonNode value = given(field, false);
        if (value == null || value.isBoolean()) {
            return;
        }
        boolean fine = value.isString()
                ? BOOLEANS.contains(value.asString())
                : value.isNumber() && (value.doubleValue() == 0 || value.doubleValue() == 1);
        if (!fine) {
            faults.add(field, NO_BOOLEAN);
        }
    }

    /** Checks that a field has one of these values, if it was sent. */
    void choice(String field, Set<String> values) {
        JsonNode value = given(field, false);
        if (value != null && !values.contains(PythonText.text(value))) {
            faults.add(field, notAChoice(value));
        }
    }

    static String notAChoice(JsonNode value) {
        return "\"" + PythonText.text(value) + "\" is not a valid choice.";
    }

    /** The value, when it was sent and is not null. */
    @Nullable
    JsonNode given(String field, boolean required) {
        JsonNode value = body.get(field);
        if (value == null) {
            if (required && !partial) {
                faults.add(field, REQUIRED);
            }
            return null;
        }
        if (value.isNull()) {
            faults.add(field, NULL);
            return null;
        }
        return value;
    }

    private boolean isFine(String field, String text, int lengthMax) {
        boolean fine = true;
        if (text.length() > lengthMax && text.codePointCount(0, text.length()) > lengthMax) {
            faults.add(field, "Ensure this field has no more than " + lengthMax + " characters.");
            fine = false;
        }
        if (text.indexOf(0) >= 0) {
            faults.add(field, "Null characters are not allowed.");
            fine = false;
        }
        int lone = text.codePoints()
                .filter(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                .findFirst()
                .orElse(-1);
        if (lone >= 0) {
            faults.add(field, String.format("Surrogate characters are not allowed: U+%04X.", lone));
            fine = false;
        }
        return fine;
    }
}
