package dev.muster.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.EventNames;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceId;
import dev.muster.server.EventSerializer;
import dev.muster.server.StoredNames;
import dev.muster.store.EmbeddedStore;
import dev.muster.store.StoreSettings;
import dev.muster.store.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What readers of the log see: the same events as Axon's own reading, each in its place, however far they are behind. */
class EmbeddedLogTest {

    private static final EventSerializer SERIALIZER = EventSerializer.of(StoredNames.ALL);
    private static final Path APPROVED = Path.of("src/test/resources/events");
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Instant AT = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    Path dir;

    private EmbeddedStore store;
    private EmbeddedLog log;

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(StoreSettings.at(dir.resolve("events")), Clock.systemUTC());
        log = new EmbeddedLog(store, SERIALIZER, new EventUpcasterChain(), StoredNames.ALL);
    }

    @AfterEach
    void close() {
        store.close();
    }

    static Stream<String> storedNames() {
        return StoredNames.ALL.all().stream();
    }

    @ParameterizedTest
    @MethodSource("storedNames")
    void anEventIsReadAsAxonReadsIt(String name) throws IOException, InterruptedException {
        String revision = EventNames.revision(StoredNames.ALL.type(name));
        Path approved = APPROVED.resolve(revision.equals("1") ? name + ".json" : name + "." + revision + ".json");
        byte[] payload = Files.readAllBytes(approved);
        append(0, name, revision, payload);

        Recorded read = next(log.after(-1), 10).getFirst();

        assertThat(read.event())
                .isEqualTo(SERIALIZER.deserialize(
                        new SimpleSerializedObject<>(payload, byte[].class, new SimpleSerializedType(name, revision))));
        assertThat(read.metadata()).isEqualTo(Map.of("actor", "system:test"));
        assertThat(read.at()).isEqualTo(AT);
    }

    @Test
    void anEventOfANameThatIsNotKnownIsPassedOn() throws InterruptedException {
        append(0, "registry.NeverHeardOf", "1", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(next(log.after(-1), 10).getFirst().event())
                .isEqualTo(new RecordedCodec.UnknownEvent("registry.NeverHeardOf"));
    }

    @Test
    void readersFarApartSeeTheSameEventsInTheirPlaces() throws InterruptedException {
        int events = 20_000;
        for (int i = 0; i < events; i++) {
            append(i, "registry.DeviceRenamed", "1", renamed(i));
        }
        LogCursor quick = log.after(-1);
        LogCursor slow = log.after(-1);
        follow(quick, 0, events, 700);
        follow(slow, 0, 5_000, 130);
        follow(log.after(events - 3_000L), events - 2_999, events, 999);
        follow(slow, 5_000, events, 1_111);
    }

    @Test
    void whatIsHeldInMemoryDoesNotHideWhatIsNewer() throws InterruptedException {
        append(0, "registry.DeviceRenamed", "1", renamed(0));
        next(log.after(-1), 10);
        append(1, "registry.DeviceRenamed", "1", renamed(1));

        try (LogHistory history = new LogHistory(log)) {
            assertThat(history.before(Long.MAX_VALUE, 2))
                    .extracting(Recorded::position)
                    .containsExactly(1L, 0L);
        }
    }

    private static void follow(LogCursor cursor, int from, int to, int step) throws InterruptedException {
        for (int position = from; position < to; ) {
            List<Recorded> batch = cursor.next(Math.min(step, to - position), SHORT);
            assertThat(batch).isNotEmpty();
            for (Recorded each : batch) {
                assertThat(each.position()).isEqualTo(position);
                assertThat(each.event()).isEqualTo(new DeviceRenamed(new DeviceId("d"), "name " + position));
                position++;
            }
        }
    }

    private static List<Recorded> next(LogCursor cursor, int max) throws InterruptedException {
        try (cursor) {
            return cursor.next(max, SHORT);
        }
    }

    private static byte[] renamed(int number) {
        return "{\"deviceId\":\"d\",\"name\":\"name %d\"}".formatted(number).getBytes(StandardCharsets.UTF_8);
    }

    private void append(int sequence, String name, String revision, byte[] payload) {
        store.append(List.of(new StoredEvent(
                -1,
                "event-" + sequence,
                AT,
                name,
                revision,
                "Device",
                "device/d",
                sequence,
                payload,
                "{\"actor\":\"system:test\"}".getBytes(StandardCharsets.UTF_8))));
    }
}
