package dev.muster.updates.goosebit;

import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.registry.DeviceLimits;
import dev.muster.updates.DeviceAttributes;
import dev.muster.updates.Feedback;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What devices report, from bodies into our words (contract §2.6, §2.9). Unknown members are passed over. */
final class Reports {

    /** Messages of an action are kept in pieces of this length. */
    private static final int MESSAGE_LENGTH_MAX = 512;

    private static final List<String> FIRST =
            List.of(DeviceAttributes.BOARD, DeviceAttributes.REVISION, DeviceAttributes.VERSION);

    private Reports() {}

    /** @param details null when there were none */
    record Said(
            Execution execution,
            Finished finished,
            @Nullable Integer done,
            @Nullable Integer of,
            @Nullable Integer code,
            @Nullable List<String> details) {

        /** As actions take it. */
        Feedback asFeedback() {
            List<String> messages = new ArrayList<>();
            for (String line : details == null ? List.<String>of() : details) {
                split(line, messages);
            }
            return new Feedback(execution, finished, done, of, code, messages, null);
        }

        private static void split(String line, List<String> into) {
            String rest = line;
            while (rest.length() > MESSAGE_LENGTH_MAX) {
                int end = Character.isHighSurrogate(rest.charAt(MESSAGE_LENGTH_MAX - 1))
                        ? MESSAGE_LENGTH_MAX - 1
                        : MESSAGE_LENGTH_MAX;
                into.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            into.add(rest);
        }
    }

    /**
     * @param mode how it meets what is known: merged, unless the device says that this is all
     * @param values what is to be kept; null takes one back
     * @param saysVersion whether the device said which version it has, also that it has none
     */
    record Attributes(
            Mode mode,
            Map<String, @Nullable String> values,
            boolean saysVersion,
            @Nullable String version) {}

    /** Fails with 422. */
    static Said feedback(JsonNode body) {
        Input input = Input.of(body);
        input.optionalText("time");
        Input status = input.requiredObject("status");
        Execution execution = status == null ? null : status.requiredWord("execution", Execution.values());
        Input result = status == null ? null : status.requiredObject("result");
        Finished finished = result == null ? null : result.requiredWord("finished", Finished.values());
        Input progress = result == null ? null : result.optionalObject("progress");
        Integer done = progress == null ? null : progress.requiredInteger("cnt");
        Integer of = progress == null
                ? null
                : progress.has("of") ? progress.optionalInteger("of") : progress.requiredInteger("of");
        Integer code = status == null ? null : status.optionalInteger("code");
        List<String> details = status == null ? null : status.optionalTexts("details");
        input.check();
        if (execution == null || finished == null) {
            throw WireFailure.unprocessable(Problem.missing(List.of("body", "status"), body));
        }
        return new Said(execution, finished, done, of, code, details);
    }

    /**
     * Fails with 422, also when board, revision or version are too long: without its board a device would be taken for
     * other hardware. What else cannot be kept is left out: a device is not refused for it.
     *
     * <p>A device that leaves its board out of what it adds is still that board; one that says that this is all there is
     * of it ({@code replace}, as SWUpdate does) has none any more.
     */
    static Attributes attributes(JsonNode body) {
        Input input = Input.of(body);
        Mode mode = input.optionalWord("mode", Mode.values());
        JsonNode data = input.requiredMembers("data");
        input.check();
        if (data == null) {
            throw WireFailure.unprocessable(Problem.missing(List.of("body", "data"), body));
        }
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (String key : FIRST) {
            onlyStorable(key, data.get(key));
            keep(key, data.get(key), values);
        }
        for (Map.Entry<String, JsonNode> each : data.properties()) {
            if (values.size() < DeviceLimits.ATTRIBUTES_MAX) {
                keep(each.getKey(), each.getValue(), values);
            }
        }
        JsonNode version = data.get(DeviceAttributes.VERSION);
        return new Attributes(
                mode == null ? Mode.MERGE : mode,
                values,
                version != null && mode != Mode.REMOVE,
                version == null || version.isNull() ? null : text(version));
    }

    private static void onlyStorable(String key, @Nullable JsonNode value) {
        if (value != null && !value.isNull() && !DeviceLimits.isAttribute(text(value))) {
            throw WireFailure.unprocessable(key + ": Length of '" + text(value).length() + "' > "
                    + DeviceLimits.ATTRIBUTE_LENGTH_MAX + ", or it has control characters");
        }
    }

    private static void keep(String key, @Nullable JsonNode value, Map<String, @Nullable String> into) {
        if (value == null || key.isEmpty() || !DeviceLimits.isAttribute(key)) {
            return;
        }
        String text = value.isNull() ? null : text(value);
        if (text == null || (FIRST.contains(key) && text.isEmpty())) {
            into.put(key, null);
        } else if (DeviceLimits.isAttribute(text)) {
            into.put(key, text);
        }
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
