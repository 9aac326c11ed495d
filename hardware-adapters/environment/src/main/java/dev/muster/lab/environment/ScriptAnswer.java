package dev.muster.lab.environment;

import dev.muster.lab.Environment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a setup script answers on its standard output: nothing, or one JSON object with {@code attrs}, {@code exec},
 * {@code ssh} and {@code state}. Other members are kept in the state, where they come back on release. Members that are
 * null count as absent.
 */
final class ScriptAnswer {

    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_DIGITS_MAX = 100;
    private static final int NAME_CHARACTERS_MAX = 1024;
    private static final int WORDS_MAX = 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(NUMBER_DIGITS_MAX)
                            .maxNameLength(NAME_CHARACTERS_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ScriptAnswer() {}

    /** What does not speak as the contract wants; the message says what is wrong, in half a sentence. */
    static final class Garbled extends Exception {
        Garbled(String message) {
            super(message);
        }
    }

    static Environment read(byte[] said) throws Garbled {
        JsonNode answer;
        try {
            answer = JSON.readTree(said);
        } catch (JacksonException e) {
            throw new Garbled("is not one JSON object");
        }
        if (answer.isMissingNode()) {
            return Environment.NONE;
        }
        if (!answer.isObject()) {
            throw new Garbled("is not one JSON object");
        }
        Map<String, Object> state = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : answer.properties()) {
            switch (member.getKey()) {
                case "attrs", "exec", "ssh", "state" -> {}
                default -> put(state, member.getKey(), member.getValue());
            }
        }
        state.putAll(object(answer, "state"));
        return new Environment(object(answer, "attrs"), words(answer, "exec"), words(answer, "ssh"), state);
    }

    private static Map<String, Object> object(JsonNode answer, String name) throws Garbled {
        JsonNode node = given(answer, name);
        Map<String, Object> members = new LinkedHashMap<>();
        if (node == null) {
            return members;
        }
        if (!node.isObject()) {
            throw new Garbled("has something else than an object as '" + name + "'");
        }
        node.properties().forEach(member -> put(members, member.getKey(), member.getValue()));
        return members;
    }

    private static List<String> words(JsonNode answer, String name) throws Garbled {
        JsonNode node = given(answer, name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > WORDS_MAX) {
            throw new Garbled("has something else than a list of words as '" + name + "'");
        }
        List<String> words = new ArrayList<>(node.size());
        for (JsonNode each : node) {
            if (!each.isString() || each.stringValue().indexOf('\0') >= 0) {
                throw new Garbled("has something else than a list of words as '" + name + "'");
            }
            words.add(each.stringValue());
        }
        if (!words.isEmpty() && words.getFirst().isEmpty()) {
            throw new Garbled("names no program as '" + name + "'");
        }
        return words;
    }

    private static @Nullable JsonNode given(JsonNode answer, String name) {
        JsonNode node = answer.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private static void put(Map<String, Object> into, String name, JsonNode value) {
        if (!value.isNull()) {
            into.put(name, JSON.treeToValue(value, Object.class));
        }
    }
}
