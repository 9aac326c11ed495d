package dev.muster.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.goosebit.GoosebitWorld.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is sent to gooseBit's surface as JSON, each with all its members, and all that can be wrong with it. */
final class Sent {

    static final String DEVICE = "/DEFAULT/controller/v1/described";
    static final String ANN_NAME = "ann@example.org";
    static final String PASSWORD = "correct horse battery";

    static final Map<String, Object> ATTRIBUTES =
            Map.of("data", Map.of("hw_boardname", "default", "site", "Ulm"), "mode", "merge");

    static final Map<String, Object> FEEDBACK = Map.of(
            "status",
            Map.of(
                    "execution",
                    "proceeding",
                    "result",
                    Map.of("finished", "none", "progress", Map.of("cnt", 1, "of", 2)),
                    "code",
                    7,
                    "details",
                    List.of("Downloaded 7%")),
            "time",
            "20261127T120000");

    /** Somebody who may do nothing. */
    static final Map<String, Object> ANN =
            Map.of("username", ANN_NAME, "password", PASSWORD, "permissions", List.of("goosebit.nothing"));

    private static final Map<String, Object> PATCH = Map.of(
            "devices",
            List.of("described"),
            "feed",
            "described",
            "software",
            "latest",
            "pinned",
            false,
            "name",
            "Described",
            "force_update",
            false,
            "auth_token",
            "");

    private record Example(String method, String path, Map<String, Object> body) {}

    private static final List<Example> EXAMPLES = List.of(
            new Example("PUT", DEVICE + "/configData", ATTRIBUTES),
            new Example("POST", DEVICE + "/deploymentBase/1/feedback", FEEDBACK),
            new Example("PUT", "/api/v1/devices", PATCH),
            new Example("PATCH", "/api/v1/devices", PATCH),
            new Example("DELETE", "/api/v1/devices", Map.of("devices", List.of("x"))),
            new Example("DELETE", "/api/v1/software", Map.of("software_ids", List.of(1))),
            new Example("PUT", "/api/v1/rollouts", Map.of("name", "n", "feed", "f", "software_id", 1)),
            new Example("PATCH", "/api/v1/rollouts", Map.of("ids", List.of(1), "paused", true)),
            new Example("DELETE", "/api/v1/rollouts", Map.of("ids", List.of(1))),
            new Example("PUT", "/api/v1/settings/users", ANN),
            new Example("PATCH", "/api/v1/settings/users", Map.of("usernames", List.of("x"), "enabled", true)),
            new Example("DELETE", "/api/v1/settings/users", Map.of("usernames", List.of("x"))));

    private static final JsonMapper JSON = JsonMapper.shared();

    private final GoosebitWorld world;
    private final Description description;

    private Sent(GoosebitWorld world, Description description) {
        this.world = world;
        this.description = description;
    }

    /**
     * A member that is described has to be of its kind, and one that is required has to be there; all else is refused. So
     * no member is made up: one that nobody reads would be taken whatever it is.
     */
    static void isRefusedWhenItIsWrong(GoosebitWorld world, Description description) {
        Sent sent = new Sent(world, description);
        TreeSet<String> undone = new TreeSet<>();
        description.templates().forEach(template -> description.methods(template).stream()
                .filter(method -> !description.requestSchema(method, template).isMissingNode())
                .forEach(method -> undone.add(method + " " + template)));
        for (Example each : EXAMPLES) {
            ObjectNode body = JSON.valueToTree(each.body());
            JsonNode schema = description.requestSchema(each.method(), each.path());
            assertThat(description.faults(schema, body)).isEmpty();
            sent.wrongMembers(each, body, body, schema);
            undone.remove(each.method() + " " + description.template(each.path()));
        }
        assertThat(undone).as("nobody sent anything wrong there").isEmpty();
    }

    /** @param inner the part of the body that the schema is of */
    private void wrongMembers(Example example, ObjectNode body, ObjectNode inner, JsonNode given) {
        JsonNode schema = description.resolved(given);
        schema.path("required").forEach(required -> {
            JsonNode value = inner.remove(required.asString());
            refused(example, body);
            inner.set(required.asString(), value);
        });
        schema.path("properties").properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = inner.get(name);
            assertThat(value).as("the example has no " + name).isNotNull();
            JsonNode kind = description.resolved(member.getValue());
            JsonNode inside =
                    kind.has("anyOf") ? description.resolved(kind.path("anyOf").get(0)) : kind;
            inner.set(name, value.isObject() ? JSON.<JsonNode>valueToTree(7) : JSON.createObjectNode());
            refused(example, body);
            if (value.isArray()) {
                inner.set(name, JSON.<JsonNode>valueToTree(List.of(Map.of())));
                refused(example, body);
            }
            inner.set(name, value);
            if (value instanceof ObjectNode object && inside.has("properties")) {
                wrongMembers(example, body, object, inside);
            }
        });
    }

    private void refused(Example example, ObjectNode body) {
        assertThat(description.faults(description.requestSchema(example.method(), example.path()), body))
                .as(body.toString())
                .isNotEmpty();
        String who = example.path().startsWith(DEVICE) ? null : "Bearer " + world.server.adminToken();
        Answer answer = world.send(example.method(), example.path(), body.toString(), who);
        assertThat(answer.status())
                .as(example.method() + " " + example.path() + " " + body)
                .isEqualTo(422);
        description.described(example.method(), example.path(), answer);
    }
}
