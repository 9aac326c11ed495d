package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private static final Path LAUNCHER = Path.of("../cli/lib/bench.sh");

    @TempDir
    Path dir;

    @Test
    void aRowHasRateLatenciesAndCpuPerRequest() {
        Row row = Row.of("poll", load(Map.of(200, 1000L)), 50_000_000L);
        assertThat(row.perSecond()).isEqualTo(500);
        assertThat(row.p50()).isBetween(1995L, 2005L);
        assertThat(row.cpuMicros()).isEqualTo(50);
        assertThat(row.errors()).isZero();
    }

    @Test
    void aPromiseIsNotKeptWhileThereAreErrors() {
        assertThat(Row.of("poll", load(Map.of(200, 1000L)), 1)
                        .promised("fast", true)
                        .kept())
                .isTrue();
        assertThat(Row.of("poll", load(Map.of(200, 999L, 0, 1L)), 1)
                        .promised("fast", true)
                        .kept())
                .isFalse();
    }

    @Test
    void remarksStandBesideEachOther() {
        Row row = Row.of("poll", load(Map.of(200, 999L, 0, 1L)), 1).noted("steady after 20 s");
        assertThat(row.note()).contains("0=1").endsWith("; steady after 20 s");
    }

    @Test
    void theTableSaysWhichPromisesWereMissed() {
        List<Row> rows = List.of(
                Row.figure("start", "1.9 s", "≤ 3 s", true), Row.figure("heap", "2 KiB a device", "≤ 1 KiB", false));
        String table = Report.table(Map.of("date", "today"), rows);
        assertThat(table).contains("kept   ≤ 3 s").contains("MISSED ≤ 1 KiB").contains("2 KiB a device");
    }

    @Test
    void theResultsAreKeptAsJson() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
        Path file = Report.save(
                dir.resolve("bench"), "poll", Map.of("JDK", "25"), List.of(Row.figure("a", "b", null, null)), clock);
        assertThat(file).hasFileName("2026-11-20T120000Z-poll.json");
        JsonNode kept = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(kept.at("/machine/JDK").asString()).isEqualTo("25");
        assertThat(kept.at("/rows/0/note").asString()).isEqualTo("b");
    }

    @Test
    void everyCaseOfTheLauncherIsKnown() throws IOException {
        Matcher launcher = Pattern.compile("BENCHES=\\(([a-z ]+) all\\)").matcher(Files.readString(LAUNCHER));
        assertThat(launcher.find()).isTrue();
        assertThat(Bench.cases().keySet())
                .containsExactlyInAnyOrder(launcher.group(1).split(" "));
    }

    @Test
    void settingsAreReadFromWords() {
        BenchSettings settings = BenchSettings.of(
                List.of("--app=/a", "--out=/o", "--java=/j", "--jvm=-Xmx1g -XX:+UseSerialGC", "--seconds=3"));
        assertThat(settings.jvm()).containsExactly("-Xmx1g", "-XX:+UseSerialGC");
        assertThat(settings.round()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.devices()).isEqualTo(100_000);
        assertThatThrownBy(() -> BenchSettings.of(List.of())).hasMessageContaining("--app");
    }

    /** A thousand answers of two milliseconds each in two seconds. */
    private static LoadResult load(Map<Integer, Long> statuses) {
        Histogram latencies = LoadResult.histogram();
        latencies.recordValueWithCount(2_000, 1_000);
        return new LoadResult(latencies, 2_000_000_000L, statuses);
    }
}
