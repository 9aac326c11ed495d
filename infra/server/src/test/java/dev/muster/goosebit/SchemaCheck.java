package dev.muster.goosebit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Compares values with schemas: the words of JSON Schema that gooseBit's description uses, and no others. */
final class SchemaCheck {

    private static final Set<String> REMARKS = Set.of("description", "format");

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with a value, each with its place; empty when nothing is. References lead into the document. */
    static List<String> faults(JsonNode document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document);
        check.value("$", schema, value);
        return check.faults;
    }

    /** What a schema, a response or a parameter refers to; itself when it does not. */
    static JsonNode resolved(JsonNode document, JsonNode node) {
        JsonNode reference = node.get("$ref");
        if (reference == null) {
            return node;
        }
        JsonNode found = document.at(reference.asString().substring(1));
        if (found.isMissingNode()) {
            throw new AssertionError(reference + " leads nowhere");
        }
        return resolved(document, found);
    }

    private void value(String place, JsonNode given, JsonNode value) {
        JsonNode schema = resolved(document, given);
        schema.properties().forEach(word -> {
            if (!holds(place, word.getKey(), word.getValue(), schema, value)) {
                faults.add(place + " is " + shortened(value) + ", which is not " + word.getKey() + " "
                        + shortened(word.getValue()));
            }
        });
    }

    private boolean holds(String place, String word, JsonNode rule, JsonNode schema, JsonNode value) {
        switch (word) {
            case "type" -> {
                return rule.isString()
                        ? isOf(rule.asString(), value)
                        : anyOf(rule, each -> isOf(each.asString(), value));
            }
            case "enum" -> {
                return anyOf(rule, value::equals);
            }
            case "const" -> {
                return rule.equals(value);
            }
            case "anyOf" -> {
                return anyOf(rule, each -> faults(document, each, value).isEmpty());
            }
            case "pattern" -> {
                return !value.isString()
                        || Pattern.compile(rule.asString())
                                .matcher(value.asString())
                                .find();
            }
            case "maxLength" -> {
                return !value.isString() || value.asString().length() <= rule.asInt();
            }
            case "minimum" -> {
                return !value.isNumber() || value.asLong() >= rule.asLong();
            }
            case "minItems" -> {
                return !value.isArray() || value.size() >= rule.asInt();
            }
            case "maxItems" -> {
                return !value.isArray() || value.size() <= rule.asInt();
            }
            case "items" -> {
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    value(place + "[" + i + "]", rule, value.get(i));
                }
                return true;
            }
            case "properties" -> {
                rule.properties().forEach(member -> {
                    if (value.has(member.getKey())) {
                        value(place + "." + member.getKey(), member.getValue(), value.get(member.getKey()));
                    }
                });
                return true;
            }
            case "required" -> {
                return !value.isObject() || !anyOf(rule, each -> !value.has(each.asString()));
            }
            case "additionalProperties" -> {
                JsonNode known = schema.path("properties");
                return rule.asBoolean() || value.properties().stream().allMatch(each -> known.has(each.getKey()));
            }
            default -> {
                if (!REMARKS.contains(word)) {
                    throw new AssertionError("nobody checks '" + word + "' at " + place);
                }
                return true;
            }
        }
    }

    private static boolean anyOf(JsonNode list, java.util.function.Predicate<JsonNode> holds) {
        return list.valueStream().anyMatch(holds);
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> throw new AssertionError("there is no type " + type);
        };
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
