package dev.muster.updates.ddi;

import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.updates.Feedback;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What devices report, from bodies into our words (contract §6, §8, §11). */
final class Reports {

    /** Messages are kept in pieces of this length. */
    static final int MESSAGE_LENGTH_MAX = 512;

    private static final int ATTRIBUTES_READ_MAX = 10_000;

    private Reports() {}

    /** @param confirmed else denied */
    record Confirmation(boolean confirmed, @Nullable Integer code, List<String> messages) {}

    record Attributes(Mode mode, Map<String, @Nullable String> values) {}

    private enum Word {
        CONFIRMED,
        DENIED
    }

    static Feedback feedback(JsonNode body, int messagesMax) {
        Long deviceTime = Lenient.wholeNumber(body, "timestamp");
        JsonNode status = Lenient.object(body, "status");
        Execution execution = Lenient.word(status, "execution", Execution.values());
        JsonNode result = Lenient.object(status, "result");
        Finished finished = Lenient.word(result, "finished", Finished.values());
        JsonNode progress = Lenient.member(result, "progress");
        Integer code = Lenient.integer(status, "code");
        List<String> messages = messages(Lenient.texts(status, "details"), messagesMax, execution == Execution.CLOSED);
        if (code != null) {
            messages.add("Device reported status code: " + code);
        }
        return new Feedback(
                execution,
                finished,
                progress == null ? null : Lenient.integer(progress, "cnt"),
                progress == null ? null : Lenient.integer(progress, "of"),
                code,
                messages,
                deviceTime);
    }

    static Confirmation confirmation(JsonNode body, int messagesMax) {
        Word word = Lenient.word(body, "confirmation", Word.values());
        Integer code = Lenient.integer(body, "code");
        List<String> messages = messages(Lenient.texts(body, "details"), messagesMax, false);
        if (code != null) {
            messages.add("Confirmation status code: " + code);
        }
        return new Confirmation(word == Word.CONFIRMED, code, messages);
    }

    static Attributes attributes(JsonNode body) {
        JsonNode mode = Lenient.member(body, "mode");
        Mode how = mode == null ? Mode.MERGE : Lenient.word(body, "mode", Mode.values());
        JsonNode data = Lenient.object(body, "data");
        if (data.isEmpty() || data.size() > ATTRIBUTES_READ_MAX) {
            throw DdiFailure.notReadable("'data' is empty or has too many members.");
        }
        Map<String, @Nullable String> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : data.properties()) {
            JsonNode value = each.getValue();
            values.put(each.getKey(), value.isNull() ? null : Lenient.scalar(each.getKey(), value));
        }
        return new Attributes(how, values);
    }

    /**
     * Splits long messages. Too many are refused with 429, except with the word that ends an action: that one must
     * never be lost, so its newest messages are kept.
     */
    private static List<String> messages(List<String> said, int messagesMax, boolean closing) {
        List<String> messages = new ArrayList<>();
        for (String message : said) {
            split(message, messages);
        }
        if (messages.size() <= messagesMax) {
            return messages;
        }
        if (!closing) {
            throw DdiFailure.tooManyEntries("A report has at most " + messagesMax + " messages.");
        }
        return new ArrayList<>(messages.subList(messages.size() - messagesMax, messages.size()));
    }

    private static void split(String message, List<String> into) {
        String rest = message.indexOf('\0') < 0 ? message : message.replace('\0', '\ufffd');
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
