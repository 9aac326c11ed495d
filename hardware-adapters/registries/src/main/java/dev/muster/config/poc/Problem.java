package dev.muster.config.poc;

import dev.muster.config.Json;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One entry of a 422 answer (contract §1.3), its parts as JSON texts.
 *
 * @param context the entry's {@code ctx}; empty for none
 */
record Problem(String type, String place, String message, String input, String context) {

    /** Longer input is not sent back: whoever sent it has it. */
    private static final int INPUT_LENGTH_MAX = 16 << 10;

    static Problem missing(String place, String received) {
        return new Problem("missing", place, "Field required", received, "");
    }

    static Problem noText(String place, Json value) {
        return new Problem("string_type", place, "Input should be a valid string", input(value), "");
    }

    /** Half a surrogate pair: no UTF-8 can say it. */
    static Problem noUnicode(String place) {
        return new Problem(
                "string_unicode",
                place,
                "Input should be a valid string, unable to parse raw data as a unicode string",
                "null",
                "");
    }

    /** Secrets do not enter history, nor an answer. */
    static Problem privateKey(String place) {
        String reason = "this is a private key";
        return new Problem("value_error", place, "Value error, " + reason, "null", context(reason));
    }

    static Problem noObject(String place, Json value) {
        return new Problem("dict_type", place, "Input should be a valid dictionary", input(value), "");
    }

    static Problem noFields(Json value) {
        return new Problem(
                "model_attributes_type",
                "[\"body\"]",
                "Input should be a valid dictionary or object to extract fields from",
                input(value),
                "");
    }

    static Problem noJson(int offset, String reason) {
        return new Problem("json_invalid", "[\"body\"," + offset + "]", "JSON decode error", "{}", context(reason));
    }

    static Problem noUuidText(String place, Json value) {
        return new Problem("uuid_type", place, "UUID input should be a string, bytes or UUID object", input(value), "");
    }

    static Problem noUuid(String place, String text, String reason) {
        return new Problem(
                "uuid_parsing",
                place,
                "Input should be a valid UUID, " + reason,
                input(Json.of(text)),
                context(reason));
    }

    static Problem otherVersion(String place, String text) {
        return new Problem(
                "uuid_version", place, "UUID version 4 expected", input(Json.of(text)), "{\"expected_version\":4}");
    }

    /** What came, for being sent back. */
    static String input(Json value) {
        String text = value.toString();
        return text.length() <= INPUT_LENGTH_MAX ? text : "null";
    }

    /** The body of the answer. */
    static String detail(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining(",", "{\"detail\":[", "]}"));
    }

    private static String context(String reason) {
        return "{\"error\":" + Json.of(reason) + "}";
    }

    @Override
    public String toString() {
        String entry = "{\"type\":" + Json.of(type) + ",\"loc\":" + place + ",\"msg\":" + Json.of(message)
                + ",\"input\":" + input;
        return context.isEmpty() ? entry + "}" : entry + ",\"ctx\":" + context + "}";
    }
}
