package dev.muster.lab.boards.ucl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A text and what it says, as contract §7.3 records it; {@code out} is null where it must be refused. */
record Vector(String id, String in, Object out) {

    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Vector> of(String resource) {
        try (InputStream lines = Vector.class.getResourceAsStream(resource)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().map(Vector::parsed).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector parsed(String line) {
        JsonNode json = JSON.readTree(line);
        Object out = json.has("error") ? null : plain(json.required("out"));
        return new Vector(json.required("id").stringValue(), json.required("in").stringValue(), out);
    }

    private static Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                json.properties().forEach(each -> members.put(each.getKey(), plain(each.getValue())));
                yield members;
            }
            case ARRAY -> {
                List<Object> all = new ArrayList<>();
                json.forEach(each -> all.add(plain(each)));
                yield all;
            }
            case STRING -> json.stringValue();
            case BOOLEAN -> json.booleanValue();
            case NULL -> "(null)";
            case NUMBER -> json.isIntegralNumber() ? (Object) json.longValue() : (Object) json.doubleValue();
            default -> throw new IllegalArgumentException(json.toString());
        };
    }

    @Override
    public String toString() {
        return id;
    }
}
