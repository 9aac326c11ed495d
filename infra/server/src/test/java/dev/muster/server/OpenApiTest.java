package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the API is committed, and served as committed. It is compared with what the running code says of
 * itself; {@code -Dmuster.approve=true} writes it anew.
 */
class OpenApiTest {

    private static final Path COMMITTED = Path.of("src/main/resources/openapi/openapi.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void theCommittedDescriptionIsWhatTheCodeSays() throws Exception {
        try (TestServer server =
                TestServer.start("--springdoc.api-docs.enabled=true", "--springdoc.api-docs.version=openapi_3_1")) {
            byte[] generated = server.bean(OpenApiWebfluxResource.class)
                    .openapiJson(MockServerHttpRequest.get("/v3/api-docs").build(), "/v3/api-docs", Locale.ROOT)
                    .block();
            String said = written(JSON.readTree(generated));
            if (Boolean.getBoolean("muster.approve")) {
                Files.createDirectories(COMMITTED.getParent());
                Files.writeString(COMMITTED, said);
            }
            assertThat(said)
                    .as("the API changed: look at the difference, then run this test with -Dmuster.approve=true")
                    .isEqualTo(Files.readString(COMMITTED));
            assertThat(server.send("GET", "/api/v1/openapi.json", null).body()).isEqualTo(Files.readString(COMMITTED));
        }
    }

    /** Sorted and without what differs from run to run. */
    private static String written(JsonNode description) {
        ObjectNode root = (ObjectNode) description;
        root.put("openapi", "3.1.0");
        root.remove("servers");
        ObjectNode info = root.putObject("info");
        info.put("title", "Muster");
        info.put("version", "v1");
        info.put("description", "The native API of Muster. Errors are application/problem+json.");
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        ObjectNode schemes = ((ObjectNode) root.get("components")).putObject("securitySchemes");
        schemes.putObject("token").put("type", "http").put("scheme", "bearer");
        root.putArray("security").addObject().putArray("token");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sorted(root)) + "\n";
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            node.forEach(item -> items.add(sorted(item)));
            if (items.stream().allMatch(JsonNode::isString)) {
                items.replaceAll(OpenApiTest::onTheWire);
                items.sort(java.util.Comparator.comparing(JsonNode::asString));
            }
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.forEach(array::add);
            return array;
        }
        return node;
    }

    /** The generator writes enums as Java does; on the wire they are lower-kebab throughout. */
    private static JsonNode onTheWire(JsonNode item) {
        String word = item.asString();
        return word.matches("[A-Z][A-Z0-9_]+")
                ? JsonNodeFactory.instance.stringNode(
                        word.toLowerCase(Locale.ROOT).replace('_', '-'))
                : item;
    }
}
