package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VerifyAndExportTest {

    @TempDir
    Path dir;

    @Test
    void aSoundStoreHasNoFaults() {
        fill(3, 40);
        StoreVerifier.Report report = verify(new ArrayList<>());
        assertThat(report).isEqualTo(new StoreVerifier.Report(120, 3, 0, 119));
    }

    @Test
    void anEmptyStoreIsSound() {
        fill(0, 0);
        assertThat(verify(new ArrayList<>())).isEqualTo(new StoreVerifier.Report(0, 0, 0, -1));
    }

    @Test
    void aFlippedBitIsFoundWhereverItIs() throws Exception {
        fill(1, 3);
        byte[] key = Keys.ofLong(1);
        byte[] record = Tampering.get(dir, Table.EVENTS, key);
        for (int at = 0; at < record.length; at += 7) {
            byte[] flipped = record.clone();
            flipped[at] ^= 1;
            Tampering.put(dir, Table.EVENTS, key, flipped);
            List<String> faults = new ArrayList<>();
            assertThat(verify(faults).sound()).as("bit at byte %d", at).isFalse();
            assertThat(faults).first().asString().contains("position 1");
        }
        Tampering.put(dir, Table.EVENTS, key, record);
        assertThat(verify(new ArrayList<>()).sound()).isTrue();
    }

    @Test
    void missingMisplacedAndUnindexedEventsAreNamed() throws Exception {
        fill(1, 10);
        byte[] third = Tampering.get(dir, Table.EVENTS, Keys.ofLong(3));
        Tampering.delete(dir, Table.EVENTS, Keys.ofLong(2));
        Tampering.put(dir, Table.EVENTS, Keys.ofLong(5), third);
        Tampering.delete(dir, Table.BY_AGGREGATE, Keys.numbered("aggregate-0", 7));
        Tampering.put(dir, Table.BY_AGGREGATE, Keys.numbered("aggregate-0", 8), Keys.ofLong(9));
        Tampering.put(dir, Table.BY_AGGREGATE, Keys.numbered("stranger", 0), Keys.ofLong(0));

        List<String> faults = new ArrayList<>();
        StoreVerifier.Report report = verify(faults);

        assertThat(report.faults()).isEqualTo(faults.size());
        assertThat(faults)
                .anySatisfy(line -> assertThat(line).isEqualTo("event at position 2 is missing"))
                .anySatisfy(line -> assertThat(line).contains("position 5 is damaged"))
                .anySatisfy(line -> assertThat(line).contains("position 7 is not in the index"))
                .anySatisfy(
                        line -> assertThat(line).contains("event at position 8").contains("another position"))
                .anySatisfy(line -> assertThat(line).contains("goes on with sequence 8 where 7 should be"))
                .anySatisfy(line -> assertThat(line).contains("event 0 of aggregate stranger at position 0"))
                .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    }

    @Test
    void aDamagedFileIsReportedAndTheRestIsStillWalked() throws Exception {
        fill(1, 5_000);
        Tampering.flush(dir, Table.EVENTS);
        Path biggest;
        try (Stream<Path> files = Files.list(dir.resolve("db"))) {
            biggest = files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(biggest);
        bytes[bytes.length / 3] ^= 0x40;
        Files.write(biggest, bytes);

        List<String> faults = new ArrayList<>();
        StoreVerifier.Report report = verify(faults);

        assertThat(report.sound()).isFalse();
        assertThat(faults).first().asString().contains("cannot be read");
        assertThat(report.events()).isBetween(4_000L, 4_999L);
    }

    @Test
    void anExportHasEachEventOnALineOfItsOwn() throws Exception {
        try (EmbeddedStore store = Samples.open(dir)) {
            Instant at = Instant.parse("2026-03-04T05:06:07.000000008Z");
            store.append(List.of(Samples.event("id-0", "a", 0, at)));
            store.append(List.of(new StoredEvent(
                    -1,
                    "id-1",
                    at,
                    "raw",
                    null,
                    null,
                    null,
                    0,
                    new byte[] {1, 2, (byte) 0xff},
                    json("{ \"n\":\n 1.50 }"))));
            store.append(List.of(new StoredEvent(-1, "id-2", at, "t", "2", null, "a", 1, json("\"x\" 1"), json("{}"))));
        }
        var out = new ByteArrayOutputStream();
        try (EmbeddedStore store = EmbeddedStore.openReadOnly(dir, Samples.CLOCK)) {
            assertThat(new EventExport(store).write(0, Long.MAX_VALUE, out)).isEqualTo(3);
        }
        List<JsonNode> lines = out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> new JsonMapper().readTree(line))
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).toString())
                .isEqualTo("{\"position\":0,\"id\":\"id-0\",\"time\":\"2026-03-04T05:06:07.000000008Z\","
                        + "\"type\":\"sample.happened\",\"revision\":\"1\",\"aggregateType\":\"sample\","
                        + "\"aggregate\":\"a\",\"sequence\":0,\"payload\":{\"aggregate\":\"a\",\"number\":0},"
                        + "\"metadata\":{\"who\":\"test\"}}");
        assertThat(lines.get(1).has("aggregate")).isFalse();
        assertThat(lines.get(1).get("payloadBase64").asString()).isEqualTo("AQL/");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"metadata\":{\"n\":1.50}");
        assertThat(lines.get(2).has("payloadBase64")).isTrue();

        var part = new ByteArrayOutputStream();
        try (EmbeddedStore store = EmbeddedStore.openReadOnly(dir, Samples.CLOCK)) {
            assertThat(new EventExport(store).write(1, 1, part)).isEqualTo(1);
        }
        assertThat(part.toString(StandardCharsets.UTF_8)).contains("id-1").hasLineCount(1);
    }

    private StoreVerifier.Report verify(List<String> faults) {
        try (EmbeddedStore store = EmbeddedStore.openReadOnly(dir, Samples.CLOCK)) {
            return StoreVerifier.verify(store, faults::add);
        }
    }

    private void fill(int aggregates, int events) {
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.at(dir).withSyncWrites(false), Samples.CLOCK)) {
            for (int i = 0; i < aggregates; i++) {
                Samples.fill(store, "aggregate-" + i, 0, events);
            }
        }
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
