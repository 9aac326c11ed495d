package dev.muster.observe.cos;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The fields of a request, from JSON or from a form. JSON is read in one pass that builds nothing but the fields that
 * are asked for; of doubled members the last one counts.
 */
final class Body {

    static final Body EMPTY = new Body(false);

    private static final int DEPTH_MAX = 256;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NOT_UTF8 = "The body is not plain UTF-8.";

    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(64 << 20)
                            .maxNameLength(50_000)
                            .maxNumberLength(1000)
                            .build())
                    .build())
            // Fields are read one by one out of the middle; what follows the whole is looked at by hand.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final boolean form;
    private final Map<String, JsonNode> values = new HashMap<>();
    private @Nullable String document;

    private Body(boolean form) {
        this.form = form;
    }

    /** The field's value; null when it was not sent. */
    @Nullable
    JsonNode get(String field) {
        return values.get(field);
    }

    /** The text of the document field, when that is an object. */
    @Nullable
    String document() {
        return document;
    }

    boolean isForm() {
        return form;
    }

    static Body form(String text, Shape shape) {
        Form pairs = Form.read(text);
        Body body = new Body(true);
        pairs.values().forEach((name, all) -> {
            if (shape.lists().contains(name)) {
                var list = NODES.arrayNode();
                all.forEach(list::add);
                body.values.put(name, list);
            } else if (shape.texts().contains(name) || name.equals(shape.document())) {
                body.values.put(name, NODES.stringNode(all.getLast()));
            }
        });
        return body;
    }

    /** Fails with {@link CosFailure}: 400 for what is no JSON, or no object. */
    static Body json(byte[] bytes, int length, Shape shape) {
        refuseOtherEncodings(bytes, length);
        try (JsonParser parser = JSON.createParser(bytes, 0, length)) {
            JsonToken root = parser.nextToken();
            if (root == null) {
                throw CosFailure.parseError("There is no value.");
            }
            if (root != JsonToken.START_OBJECT) {
                String type = typeOf(root);
                parser.skipChildren();
                expectEnd(parser);
                throw root == JsonToken.VALUE_NULL
                        ? CosFailure.whole("No data provided")
                        : CosFailure.whole("Invalid data. Expected a dictionary, but got " + type + ".");
            }
            Body body = new Body(false);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                body.take(name, value, parser, bytes, shape);
            }
            expectEnd(parser);
            return body;
        } catch (JacksonException e) {
            throw CosFailure.parseError(e.getOriginalMessage());
        }
    }

    private void take(String name, JsonToken token, JsonParser parser, byte[] bytes, Shape shape) {
        if (name.equals(shape.document())) {
            document = null;
            if (token == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int to = (int) parser.currentLocation().getByteOffset();
                document = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                values.put(name, NODES.objectNode());
            } else {
                values.put(name, scalar(token, parser));
            }
        } else if (shape.lists().contains(name)) {
            values.put(name, JSON.readTree(parser));
        } else if (shape.texts().contains(name)) {
            values.put(name, scalar(token, parser));
        } else {
            parser.skipChildren();
        }
    }

    /** A value without children; of one with children only its type. */
    private static JsonNode scalar(JsonToken token, JsonParser parser) {
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            parser.skipChildren();
            return token == JsonToken.START_OBJECT ? NODES.objectNode() : NODES.arrayNode();
        }
        return JSON.readTree(parser);
    }

    /** The parser would recognise other encodings by itself, and skip a byte order mark; the contract does not. */
    private static void refuseOtherEncodings(byte[] bytes, int length) {
        for (int i = 0; i < Math.min(4, length); i++) {
            int b = bytes[i] & 0xff;
            if (b == 0 || b >= 0xef) {
                throw CosFailure.parseError(NOT_UTF8);
            }
        }
    }

    private static void expectEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw CosFailure.parseError("There is something behind the end.");
        }
    }

    private static String typeOf(JsonToken token) {
        return switch (token) {
            case START_ARRAY -> "list";
            case VALUE_STRING -> "str";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case VALUE_NUMBER_INT -> "int";
            default -> "float";
        };
    }

    /** What a text is, read as JSON. */
    enum Nature {
        BROKEN,
        OBJECT,
        TEXT,
        OTHER
    }

    static Nature natureOf(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken root = parser.nextToken();
            if (root == null) {
                return Nature.BROKEN;
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                return Nature.BROKEN;
            }
            return switch (root) {
                case START_OBJECT -> Nature.OBJECT;
                case VALUE_STRING -> Nature.TEXT;
                default -> Nature.OTHER;
            };
        } catch (JacksonException e) {
            return Nature.BROKEN;
        }
    }
}
