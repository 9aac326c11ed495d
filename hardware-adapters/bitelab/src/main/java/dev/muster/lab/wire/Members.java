package dev.muster.lab.wire;

import dev.muster.lab.BoardName;
import dev.muster.lab.PowerWish;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members of a JSON object that somebody sent. Those that are absent or null read as null; those of a wrong kind
 * are refused, each in its own words; those that nobody asks for are passed over.
 */
record Members(JsonNode object) {

    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(1 << 20)
                            .maxNameLength(1000)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .build();

    private static final int ENTRIES_MAX = 64;
    private static final int TEXT_MAX = 1024;
    private static final int KEYS_MAX = 16;
    private static final int KEY_LENGTH_MAX = 16 << 10;
    private static final Pattern KEY =
            Pattern.compile("[a-z0-9][a-z0-9@.-]{2,63} [A-Za-z0-9+/]{16,}={0,2}( [^\\p{Cntrl}]*)?");

    /** No bytes are an empty object. */
    static Members read(byte[] bytes) {
        if (bytes.length == 0) {
            return new Members(JSON.createObjectNode());
        }
        try {
            JsonNode node = JSON.readTree(bytes);
            if (!node.isObject()) {
                throw WireFailure.badValue("The body is a JSON object.");
            }
            return new Members(node);
        } catch (JacksonException e) {
            throw WireFailure.badValue("The body is no JSON.");
        }
    }

    @Nullable
    JsonNode any(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    @Nullable
    String text(String name) {
        return text(name, TEXT_MAX);
    }

    @Nullable
    String text(String name, int lengthMax) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isString() || value.asString().length() > lengthMax) {
            throw WireFailure.badValue("'" + name + "' is a text of at most " + lengthMax + " characters.");
        }
        if (value.asString().indexOf(0) >= 0) {
            throw WireFailure.badValue("'" + name + "' has a NUL in it.");
        }
        return value.asString();
    }

    String required(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw WireFailure.badValue("'" + name + "' is missing.");
        }
        return text;
    }

    boolean flag(String name) {
        JsonNode value = any(name);
        if (value != null && !value.isBoolean()) {
            throw WireFailure.badValue("'" + name + "' is true or false.");
        }
        return value != null && value.asBoolean();
    }

    int number(String name, int min, int max) {
        JsonNode value = any(name);
        if (value == null) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            throw WireFailure.badValue("'" + name + "' is a whole number from " + min + " to " + max + ".");
        }
        return value.asInt();
    }

    /** Text, or a whole number of seconds. */
    @Nullable
    Duration duration(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return null;
        }
        if (!value.isString() && !value.isIntegralNumber()) {
            throw WireFailure.badValue("'" + name + "' is a time like 90s, 10m, 4h or 2d.");
        }
        return Durations.read(name, value.asString());
    }

    @Nullable
    Instant time(String name) {
        String text = text(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw WireFailure.badValue("'" + name + "' is a time as RFC 3339 has it, like 2026-11-20T09:45:00Z.");
        }
    }

    /** Texts by name; numbers and flags are taken for text. */
    Map<String, String> texts(String name) {
        JsonNode value = any(name);
        if (value == null) {
            return Map.of();
        }
        if (!value.isObject() || value.size() > ENTRIES_MAX) {
            throw WireFailure.badValue("'" + name + "' is an object of at most " + ENTRIES_MAX + " texts.");
        }
        Map<String, String> texts = new HashMap<>();
        value.properties().forEach(each -> {
            if (!each.getValue().isValueNode()
                    || each.getValue().isNull()
                    || each.getValue().asString().length() > TEXT_MAX
                    || each.getKey().length() > TEXT_MAX) {
                throw WireFailure.badValue(
                        "'" + name + "' holds texts of at most " + TEXT_MAX + " characters, by name.");
            }
            texts.put(each.getKey(), each.getValue().asString());
        });
        return texts;
    }

    /** Public keys, one a line. */
    List<String> keys(String name) {
        String text = text(name, KEYS_MAX * KEY_LENGTH_MAX);
        List<String> keys = new ArrayList<>();
        if (text == null) {
            return keys;
        }
        for (String line : text.split("\\r?\\n", KEYS_MAX + 2)) {
            if (line.isBlank()) {
                continue;
            }
            String key = line.strip();
            if (key.length() > KEY_LENGTH_MAX
                    || keys.size() == KEYS_MAX
                    || !KEY.matcher(key).matches()) {
                throw WireFailure.badValue(
                        "'" + name + "' holds public keys of ssh, one a line, at most " + KEYS_MAX + ".");
            }
            keys.add(key);
        }
        return keys;
    }

    PowerWish powerWish() {
        String text = text("power");
        return switch (text == null ? "keep" : text) {
            case "on" -> PowerWish.ON;
            case "off" -> PowerWish.OFF;
            case "keep" -> PowerWish.KEEP;
            default -> throw WireFailure.badValue("'power' is on, off or keep.");
        };
    }

    /** Refuses what can be no name of a board. */
    @Nullable
    BoardName board(String name) {
        String text = text(name);
        return text == null ? null : new BoardName(text);
    }
}
