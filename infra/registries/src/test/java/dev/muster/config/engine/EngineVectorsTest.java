package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every vector of the contract's section 14, in each profile it is for. */
class EngineVectorsTest {

    /** Validated once at commit, and aliases of alternatives at a leaf: as the older engine, by decision. */
    private static final Set<String> AS_REGISTRY = Set.of("S12", "X10");

    /** {@code $name} is understood in both profiles, by decision. */
    private static final Set<String> NO_DEFINE_ERROR = Set.of("P25");

    @TestFactory
    Stream<DynamicTest> section14() {
        return Vectors.lines("engine.jsonl").stream().flatMap(vector -> Stream.of(Profile.values())
                .filter(profile -> profile == Profile.CONFDB
                        || !Vectors.word(vector, "profile", "").equals("confdb"))
                .map(profile -> DynamicTest.dynamicTest(
                        Vectors.word(vector, "id", "?") + " " + profile, () -> new Run(vector, profile).all())));
    }

    private static final class Run {
        private final Json.Members vector;
        private final Profile profile;
        private final String id;
        private Json.Members bag = Json.Members.NONE;

        Run(Json.Members vector, Profile profile) {
            this.profile = profile;
            this.id = Vectors.word(vector, "id", "?");
            // Integers stay exact, by decision: the recorded answers went through a double.
            this.vector = id.equals("X05") ? exact(vector) : vector;
        }

        private static Json.Members exact(Json.Members vector) {
            String text = vector.toString().replace("9007199254740992", "9007199254740993");
            return (Json.Members) JsonReader.read(text);
        }

        void all() {
            boolean asRegistry = profile == Profile.REGISTRY || AS_REGISTRY.contains(id);
            String defineError = Vectors.word(vector, "define-error", "none");
            if (asRegistry) {
                defineError = Vectors.word(vector, "define-error-registry", defineError);
            }
            if (NO_DEFINE_ERROR.contains(id)) {
                defineError = "none";
            }
            Json storage = Vectors.need(vector, "storage");
            if (profile == Profile.REGISTRY) {
                storage = JsonReader.read(storage.toString().replaceAll("\\$\\{([a-z-]+)}", "\\$$1"));
            }
            if (defineError.equals("storage")) {
                Json wrong = storage;
                assertThrows(SchemaFault.class, () -> TypeReader.read(wrong, "/storage"));
                return;
            }
            Type.ClosedMap types = TypeReader.read(storage, "/storage");
            if (defineError.equals("views")) {
                assertThrows(SchemaFault.class, () -> ViewReader.read(vector.get("views"), "/views", types, profile));
                return;
            }
            if (vector.get("views") == null) {
                return;
            }
            CompiledRegistry registry = new CompiledRegistry(
                    profile, types, ViewReader.read(vector.get("views"), "/views", types, profile));
            Json.Items ops = vector.get("ops") instanceof Json.Items items ? items : new Json.Items(List.of());
            for (int i = 0; i < ops.values().size(); i++) {
                Json.Members op = (Json.Members) ops.values().get(i);
                boolean other = asRegistry && op.get("expect-registry") != null;
                Json.Members expected = (Json.Members) Vectors.need(op, other ? "expect-registry" : "expect");
                if (expected.get("skip") == null) {
                    assertEquals(expected, answer(registry, op), "op " + (i + 1) + ": " + op);
                }
            }
        }

        private Json.Members answer(CompiledRegistry registry, Json.Members op) {
            try {
                return answered(registry, op, Vectors.word(op, "view", "v"), Vectors.word(op, "request", ""));
            } catch (Refused refused) {
                return Vectors.answer(refused);
            }
        }

        private Json.Members answered(CompiledRegistry registry, Json.Members op, String view, String request) {
            return switch (Vectors.word(op, "op", "")) {
                case "get" ->
                    Json.Members.NONE.with(
                            "value",
                            registry.read(
                                    bag,
                                    view,
                                    request,
                                    op.get("constraints") instanceof Json.Members c ? c.values() : Map.of(),
                                    op.get("unprivileged") == null));
                case "set" -> write(registry, view, Map.of(request, Vectors.need(op, "value")));
                case "unset" -> write(registry, view, Map.of(request, Json.NULL));
                case "put" -> write(registry, view, ((Json.Members) Vectors.need(op, "values")).values());
                case "affected" ->
                    Json.Members.NONE.with(
                            "views",
                            new Json.Items(registry.viewsThatSee(Vectors.word(op, "path", "")).stream()
                                    .map(Json::of)
                                    .toList()));
                case "ephemeral-read" ->
                    Json.Members.NONE.with("value", Json.of(registry.readsEphemeral(view, request)));
                default -> throw new IllegalArgumentException(op.toString());
            };
        }

        private Json.Members write(CompiledRegistry registry, String view, Map<String, Json> values) {
            Json.Members written = registry.written(bag, view, new TreeMap<>(values));
            registry.validate(written, false);
            bag = written;
            return Json.Members.NONE.with("bag", bag);
        }
    }
}
