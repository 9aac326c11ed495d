package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppName;
import dev.muster.apps.Place;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.identity.UserId;
import dev.muster.kernel.EventNames;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardName;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutId;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored event never changes under us. One approved JSON per event and revision; this test writes and reads all of
 * them with the very serializer that runs. {@code -Dmuster.approve=true} writes samples that are missing, never one
 * that exists.
 */
class EventSamplesTest {

    private static final Path APPROVED = Path.of("src/test/resources/events");
    private static final Path BEFORE_IT_GREW = Path.of("src/test/resources/events-grown");
    private static final EventSerializer SERIALIZER = EventSerializer.of(StoredNames.ALL);
    private static final JsonMapper PRETTY = JsonMapper.builder().build();

    static Stream<String> storedNames() {
        return StoredNames.ALL.all().stream();
    }

    @ParameterizedTest
    @MethodSource("storedNames")
    void writesWhatWasApprovedAndReadsItBack(String name) throws IOException {
        Class<?> type = StoredNames.ALL.type(name);
        Object sample = sample(type, type.getSimpleName(), 0);
        SerializedObject<byte[]> written = SERIALIZER.serialize(sample, byte[].class);
        assertThat(written.getType().getName()).isEqualTo(name);
        assertThat(written.getType().getRevision()).isEqualTo(EventNames.revision(type));
        String json = PRETTY.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(PRETTY.readTree(new String(written.getData(), StandardCharsets.UTF_8)))
                + "\n";
        Path file = APPROVED.resolve(fileOf(name, type));
        if (Boolean.getBoolean("muster.approve") && Files.notExists(file)) {
            Files.createDirectories(APPROVED);
            Files.writeString(file, json);
        }
        assertThat(file)
                .as("%s has no approved sample: run with -Dmuster.approve=true and look at it", name)
                .exists();
        assertThat(json)
                .as(
                        "%s is written differently than approved. Do not edit the file: raise the revision, keep the old"
                                + " sample, and write an upcaster",
                        name)
                .isEqualTo(Files.readString(file));
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                Files.readAllBytes(file), byte[].class, new SimpleSerializedType(name, EventNames.revision(type))));
        assertThat(read).isEqualTo(sample);
    }

    @Test
    void everyApprovedSampleStillHasAnEventThatReadsIt() throws IOException {
        Set<String> expected = new TreeSet<>();
        StoredNames.ALL.all().forEach(name -> expected.add(fileOf(name, StoredNames.ALL.type(name))));
        try (Stream<Path> files = Files.list(APPROVED)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    static Stream<String> grown() throws IOException {
        try (Stream<Path> files = Files.list(BEFORE_IT_GREW)) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        }
    }

    /** As they were stored before careful rollouts; read with nothing where there is something now. */
    @ParameterizedTest
    @MethodSource("grown")
    void whatWasStoredBeforeItGrewSaysWhatItSaid(String name) throws IOException {
        JsonNode then = PRETTY.readTree(Files.readString(BEFORE_IT_GREW.resolve(name + ".json")));
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                PRETTY.writeValueAsBytes(then), byte[].class, new SimpleSerializedType(name, "1")));
        JsonNode again =
                PRETTY.readTree(SERIALIZER.serialize(read, byte[].class).getData());
        assertThat(withoutNulls(again)).isEqualTo(withoutNulls(then));
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(each -> each.getValue().isNull())
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(object::remove);
        }
        node.forEach(EventSamplesTest::withoutNulls);
        return node;
    }

    @Test
    void anUnknownMemberOfAnOldEventIsPassedOver() {
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                "{\"deviceId\":\"a\",\"somethingOld\":1}".getBytes(StandardCharsets.UTF_8),
                byte[].class,
                new SimpleSerializedType("registry.DeviceCameBack", "1")));
        assertThat(read).isEqualTo(new dev.muster.registry.DeviceEvent.DeviceCameBack(new DeviceId("a")));
    }

    /** Both were stored without it at first, and both are read without it for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"lab.BoardReserved", "lab.RequestQueued"})
    void whatWasStoredBeforeKeepAliveLastsToItsEnd(String name) throws IOException {
        String then = Files.readString(APPROVED.resolve(name + ".json")).replaceAll(",\\s*\"keepAlive\" : true", "");
        assertThat(then).doesNotContain("keepAlive");
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                then.getBytes(StandardCharsets.UTF_8), byte[].class, new SimpleSerializedType(name, "1")));
        assertThat(read.toString()).contains("keepAlive=null").contains("a holder");
    }

    /** It was stored without it at first, and is read without it for ever. */
    @Test
    void aReleaseFromBeforeFilesLayElsewhereHasItsFilesHere() throws IOException {
        String then = Files.readString(APPROVED.resolve("updates.ReleaseCreated.json"))
                .replaceAll(",\\s*\"url\" : \"a url\"", "");
        assertThat(then).doesNotContain("a url");
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                then.getBytes(StandardCharsets.UTF_8),
                byte[].class,
                new SimpleSerializedType("updates.ReleaseCreated", "1")));
        assertThat(read).isInstanceOfSatisfying(ReleaseCreated.class, created -> {
            var artifact = created.modules().getFirst().artifacts().getFirst();
            assertThat(artifact.url()).isNull();
            String again =
                    new String(SERIALIZER.serialize(created, byte[].class).getData(), StandardCharsets.UTF_8);
            assertThat(again).doesNotContain("url");
        });
    }

    /** It was stored without at first. */
    @Test
    void aBoardThatWasStoredBeforeFlashBackIsLentAsItComesBack() throws IOException {
        String then = Files.readString(APPROVED.resolve("lab.BoardDefined.json"))
                .replaceAll(",\\s*\"flashBack\" : \\{[^}]*}", "");
        assertThat(then).doesNotContain("flashBack").contains("a deviceId");
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                then.getBytes(StandardCharsets.UTF_8),
                byte[].class,
                new SimpleSerializedType("lab.BoardDefined", "1")));
        assertThat(read).isInstanceOfSatisfying(BoardDefined.class, it -> assertThat(
                        it.definition().flashBack())
                .isNull());
    }

    /** It was stored without it at first, and is read without it for ever. */
    @Test
    void whatWasStoredBeforeViewsWereScopesHasNone() throws IOException {
        String then = Files.readString(APPROVED.resolve("identity.TokenCreated.json"))
                .replaceAll(",\\s*\"viewScopes\" : \\[[^]]*]", "");
        assertThat(then).doesNotContain("viewScopes");
        Object read = SERIALIZER.deserialize(new SimpleSerializedObject<>(
                then.getBytes(StandardCharsets.UTF_8),
                byte[].class,
                new SimpleSerializedType("identity.TokenCreated", "1")));
        assertThat(read).isInstanceOfSatisfying(dev.muster.identity.TokenEvent.TokenCreated.class, token -> assertThat(
                        token.viewScopes())
                .isEmpty());
    }

    private static String fileOf(String name, Class<?> type) {
        String revision = EventNames.revision(type);
        return revision.equals("1") ? name + ".json" : name + "@" + revision + ".json";
    }

    /** A value of each component, different by name so that swapped members are noticed. */
    private static Object sample(Type type, String name, int depth) {
        if (type instanceof ParameterizedType generic) {
            Type first = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Map.class) {
                return first == String.class
                        ? Map.of(name, "value of " + name)
                        : Map.of(
                                sample(first, name, depth + 1),
                                sample(generic.getActualTypeArguments()[1], name, depth + 1));
            }
            if (generic.getRawType() == SortedMap.class) {
                return new TreeMap<>(Map.of(name, "value of " + name));
            }
            Object element = sample(first, name, depth + 1);
            return generic.getRawType() == Set.class ? Set.of(element) : List.of(element);
        }
        if (!(type instanceof Class<?> c)) {
            return "a " + name;
        }
        if (c == String.class) {
            return "a " + name;
        }
        if (c == int.class || c == Integer.class) {
            return 1 + Math.floorMod(name.hashCode(), 1000);
        }
        if (c == long.class || c == Long.class) {
            return 10_000L + Math.floorMod(name.hashCode(), 1000);
        }
        if (c == double.class || c == Double.class) {
            return 12.5;
        }
        if (c == boolean.class || c == Boolean.class) {
            return true;
        }
        if (c == Instant.class) {
            return Instant.parse("2026-11-20T12:34:56.789Z");
        }
        if (c == Duration.class) {
            return Duration.ofHours(36);
        }
        if (c == UUID.class) {
            return new UUID(name.hashCode(), 42);
        }
        if (c == DeviceId.class) {
            return new DeviceId("device-1");
        }
        if (c == ReleaseId.class) {
            return ReleaseId.of("os", "1.0");
        }
        if (c == RolloutId.class) {
            return new RolloutId(new UUID(1, 2));
        }
        if (c == UserId.class) {
            return new UserId(new UUID(3, 4));
        }
        if (c == BoardName.class) {
            return new BoardName("board-1");
        }
        if (c == RegistryId.class) {
            return new RegistryId("acme", "network");
        }
        if (c == ConfigRolloutId.class) {
            return new ConfigRolloutId(new UUID(5, 6));
        }
        if (c == Layer.class) {
            return Layer.actual(new DeviceId("device-1"));
        }
        if (c == AppName.class) {
            return new AppName("app-1");
        }
        if (c == Place.class) {
            return Place.group("site/line");
        }
        if (c == Uid.class) {
            return new Uid("the " + name);
        }
        if (c == Origin.class) {
            return Origin.PLUG_AND_PLAY; // the last one when its sample was approved
        }
        if (c.isEnum()) {
            return c.getEnumConstants()[c.getEnumConstants().length - 1];
        }
        if (c.isRecord() && depth < 6) {
            return record(c, depth);
        }
        throw new IllegalStateException("no sample for " + c);
    }

    private static Object record(Class<?> type, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = sample(components[i].getGenericType(), components[i].getName(), depth + 1);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }
}
