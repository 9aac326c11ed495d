package dev.muster.updates.goosebit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of a 422 answer as FastAPI writes it (contract §6).
 *
 * @param place names and list positions that lead to it
 * @param context more about it, or null
 */
record Problem(
        String type,
        List<Object> place,
        String message,
        JsonNode input,
        @Nullable ObjectNode context) {

    /** Longer input is not sent back: whoever sent it has it. */
    private static final int INPUT_LENGTH_MAX = 4096;

    static Problem missing(List<Object> place, JsonNode received) {
        return new Problem("missing", place, "Field required", received, null);
    }

    static Problem noFields(List<Object> place, JsonNode received) {
        return new Problem(
                "model_attributes_type",
                place,
                "Input should be a valid dictionary or object to extract fields from",
                received,
                null);
    }

    static Problem noJson(int offset, @Nullable String reason) {
        ObjectNode context = Json.object().put("error", reason == null ? "" : reason);
        return new Problem("json_invalid", List.of("body", offset), "JSON decode error", Json.object(), context);
    }

    /** What was meant to be a {@code kind}: string, integer, boolean, list or dictionary. */
    static Problem wrongKind(String type, List<Object> place, String kind, JsonNode received) {
        return new Problem(type, place, "Input should be a valid " + kind, received, null);
    }

    /** @param expected as in {@code 'success', 'failure' or 'none'} */
    static Problem noneOf(List<Object> place, String expected, JsonNode received) {
        return new Problem(
                "enum",
                place,
                "Input should be " + expected,
                received,
                Json.object().put("expected", expected));
    }

    ObjectNode toJson() {
        ObjectNode entry = Json.object().put("type", type);
        ArrayNode loc = entry.putArray("loc");
        for (Object each : place) {
            if (each instanceof Integer index) {
                loc.add(index);
            } else {
                loc.add(each.toString());
            }
        }
        entry.put("msg", message);
        entry.set("input", input.toString().length() <= INPUT_LENGTH_MAX ? input : Json.nothing());
        if (context != null) {
            entry.set("ctx", context);
        }
        return entry;
    }
}
