package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import dev.muster.updates.bundles.libconfig.Libconfig;
import dev.muster.updates.bundles.libconfig.Setting;
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

/** A {@code sw-description} written in JSON, which SWUpdate takes as well. It becomes the same settings. */
final class JsonDescription {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Libconfig.DEPTH_MAX)
                            .maxDocumentLength(Libconfig.SIZE_MAX)
                            .maxTokenCount(Libconfig.TOKENS_MAX)
                            .maxNumberLength(100)
                            .maxStringLength(Libconfig.SIZE_MAX)
                            .maxNameLength(1024)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonDescription() {}

    /** Tells JSON by its first brace: no libconfig text can start with one. */
    static boolean looksLikeJson(byte[] text) {
        for (byte b : text) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    static Setting.Group parse(byte[] text) {
        try {
            if (setting(JSON.readTree(text)) instanceof Setting.Group group) {
                return group;
            }
        } catch (JacksonException e) {
            throw broken(
                    e.getLocation() == null
                            ? e.getOriginalMessage()
                            : "line %d, column %d: %s"
                                    .formatted(
                                            e.getLocation().getLineNr(),
                                            e.getLocation().getColumnNr(),
                                            e.getOriginalMessage()));
        }
        throw broken("it is no object");
    }

    /** Null for JSON's null, which counts as left out. */
    private static @Nullable Setting setting(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Setting> members = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    Setting value = setting(member.getValue());
                    if (value != null) {
                        members.put(member.getKey(), value);
                    }
                }
                yield new Setting.Group(members);
            }
            case ARRAY -> {
                List<Setting> values = new ArrayList<>();
                for (JsonNode element : node) {
                    Setting value = setting(element);
                    if (value != null) {
                        values.add(value);
                    }
                }
                yield new Setting.Items(values);
            }
            case STRING -> text(node.stringValue());
            case BOOLEAN -> new Setting.Truth(node.booleanValue());
            case NUMBER -> number(node);
            default -> null;
        };
    }

    private static Setting text(String value) {
        if (value.indexOf('\0') >= 0) {
            throw broken("a NUL in a string");
        }
        return new Setting.Text(value);
    }

    private static Setting number(JsonNode node) {
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw broken("an integer beyond 64 bits");
            }
            return new Setting.Whole(node.longValue());
        }
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            throw broken("a number beyond the range of a double");
        }
        return new Setting.Real(value);
    }

    private static Refused broken(String problem) {
        return Bundles.broken("The sw-description is no valid JSON: %s.".formatted(problem));
    }
}
