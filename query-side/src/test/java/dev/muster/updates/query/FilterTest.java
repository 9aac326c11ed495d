package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.id;
import static dev.muster.updates.query.TestFleet.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private final TestFleet fleet = new TestFleet();

    @BeforeEach
    void aSmallFleet() {
        fleet.registered("arm-1", "lab/north", List.of("red", "Old"), Map.of("feed", "qa"), Origin.OPERATOR)
                .registered("arm-2", "lab/south", List.of("blue"), Map.of(), Origin.BULK)
                .registered("Leg-1", null, List.of(), Map.of("feed", "prod"), Origin.PLUG_AND_PLAY)
                .reports("arm-1", Map.of("hw", "2", "serial", "ABC-100"))
                .reports("arm-2", Map.of("hw", "10"));
        fleet.happens(new DeviceEvent.DeviceRenamed(id("arm-2"), "Second Arm"));
        fleet.assigned("arm-1", 1, OS_1).finished("arm-1", 1, OS_1);
        fleet.assigned("arm-2", 2, release("os", "1.10.0")).finished("arm-2", 2, release("os", "1.10.0"));
        fleet.heartbeats.heard(id("arm-1"), fleet.clock.instant());
        fleet.heartbeats.heard(id("arm-2"), fleet.clock.instant().minus(Duration.ofDays(2)));
    }

    private String hits(String filter) {
        return fleet.index.matching(filter).stream().map(DeviceId::value).collect(Collectors.joining(" "));
    }

    private Refusal refusal(String filter) {
        return catchThrowableOfType(Refused.class, () -> fleet.index.filter(filter))
                .refusal();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id==arm-1                                  | arm-1",
                "controllerid==arm-1                        | arm-1",
                "ID==arm*                                   | arm-1 arm-2",
                "id=in=(arm-2,Leg-1,nobody)                 | Leg-1 arm-2",
                "id=out=(arm-2,Leg-1)                       | arm-1",
                "id==leg-1                                  | ''",
                "id>=arm-2                                  | arm-2",
                "name=='second *'                           | arm-2",
                "name!=*arm*                                | Leg-1",
                "group==LAB/NORTH                           | arm-1",
                "group==lab/*                               | arm-1 arm-2",
                "group==''                                  | Leg-1",
                "group!=''                                  | arm-1 arm-2",
                "tag==old                                   | arm-1",
                "tag!=red                                   | Leg-1 arm-2",
                "tag==''                                    | Leg-1",
                "tag=in=(red,blue)                          | arm-1 arm-2",
                "tag=out=(red,blue)                         | Leg-1",
                "metadata.feed==qa                          | arm-1",
                "metadata.feed!=qa                          | Leg-1 arm-2",
                "attribute.hw==2                            | arm-1",
                "attribute.hw=gt=9                          | arm-2",
                "attribute.hw=le=2                          | arm-1",
                "attribute.HW==2                            | ''",
                "attribute.serial==abc*0                    | arm-1",
                "attribute.missing==''                      | Leg-1 arm-1 arm-2",
                "updatestatus==in_sync                      | arm-1 arm-2",
                "updatestatus==IN-SYNC                      | arm-1 arm-2",
                "updatestatus=in=(registered,error)         | Leg-1",
                "updatestatus!=registered                   | arm-1 arm-2",
                "presence==online                           | arm-1",
                "presence==overdue                          | arm-2",
                "presence==never-seen                       | Leg-1",
                "origin==plug-and-play                      | Leg-1",
                "installed.version==1.*                     | arm-1 arm-2",
                "installedds.version=gt=1.9                 | arm-2",
                "installed.version<1.10                     | arm-1",
                "installed.name==os                         | arm-1 arm-2",
                "assigned.version==''                       | Leg-1",
                "assignedds.name==OS;assigned.version==1.0  | arm-1",
                "lastseen=ge=2026-11-20T12:00:00Z           | arm-1",
                "lastcontrollerrequestat=le=${OVERDUE_TS}   | arm-2",
                "lastseen=lt=${NOW_TS}                      | arm-2",
                "lastseen==''                               | Leg-1",
                "createdat=lt=1763625600000                 | ''",
                "createdat>=2026-11-20T09:00:01+01:00       | Leg-1 arm-2",
                "id==arm-1,id==arm-2                        | arm-1 arm-2",
                "id==arm-1 or group==''                     | Leg-1 arm-1",
                "(id==arm*;tag==red),tag==blue              | arm-1 arm-2",
                "id==arm* and (tag==red or tag==green)      | arm-1",
                "id==arm-1;tag==blue                        | ''",
                "name==$where                               | ''",
                "name=='{\"$regex\":\".*\"}'                | ''",
            })
    void aFilterHits(String filter, String ids) {
        assertThat(hits(filter)).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id==arm-1",
                "id==arm*",
                "tag!=red",
                "presence==online",
                "installed.version=gt=1.0",
                "lastseen==''",
                "attribute.hw=gt=9",
                "updatestatus==in-sync;group==lab*"
            })
    void aFilterMeansTheSameForViews(String filter) {
        var predicate = fleet.index.filter(filter);

        List<DeviceId> hits = List.of("Leg-1", "arm-1", "arm-2").stream()
                .map(fleet::device)
                .filter(predicate)
                .map(view -> view.id())
                .toList();
        assertThat(hits).isEqualTo(fleet.index.matching(filter));
    }

    @Test
    void noFilterHitsAll() {
        assertThat(fleet.index.matching(null)).hasSize(3);
        assertThat(fleet.index.matching("  ")).hasSize(3);
    }

    @Nested
    class Hostile {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "nosuchfield==1               | 0",
                    "id==a;nosuch==1              | 6",
                    "name=='nosuch=='.;nosuch==1  | 16",
                    "tag=gt=3                     | 0",
                    "updatestatus==asleep         | 0",
                    "id==a;lastseen=gt=yesterday  | 6",
                    "attribute.==1                | 0",
                    "$where==1                    | 0",
                    "__proto__==1                 | 0",
                })
        void aRefusalNamesThePlace(String filter, int position) {
            Refusal refusal = refusal(filter.strip());
            assertThat(refusal.code()).isEqualTo("kernel.invalid-filter");
            if (!filter.startsWith("name==")) {
                assertThat(refusal.details()).containsEntry("position", position);
            }
        }

        @Test
        void aQuotedTwinDoesNotMisleadThePlace() {
            assertThat(refusal("name=='nosuch==1';nosuch==1").details()).containsEntry("position", 18);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "(",
                    ")",
                    "==",
                    "id",
                    "id=",
                    "id==",
                    "id==a;",
                    ";",
                    "id=nope=3",
                    "id==a b",
                    "id==(a,b)",
                    "id=='a",
                    "id==\"",
                    "id==a)(",
                    "id=in=()",
                    "\u0000==1",
                    "id==a;;id==b"
                })
        void nonsenseIsRefusedWithAPlace(String filter) {
            assertThat(refusal(filter).details()).containsKey("position");
        }

        @Test
        void deepNestingIsRefused() {
            String deep = "(".repeat(1900) + "id==a" + ")".repeat(1900);
            assertThat(refusal(deep).message()).contains("32 deep");
            String fine = "(".repeat(32) + "id==arm-1" + ")".repeat(32);
            assertThat(hits(fine)).isEqualTo("arm-1");
            assertThat(hits("name=='" + "(".repeat(100) + "'")).isEmpty();
        }

        @Test
        void tooManyTermsAreRefused() {
            String terms = IntStream.range(0, 65)
                    .mapToObj(i -> "hw" + i)
                    .map(v -> "name==" + v)
                    .collect(Collectors.joining(","));
            assertThat(refusal(terms).message()).contains("64 comparisons");
        }

        @Test
        void aLongFilterIsRefused() {
            assertThat(refusal("name==" + "a".repeat(4096)).message()).contains("4096 characters");
        }

        @Test
        void tooManyValuesAreRefused() {
            String values = IntStream.range(0, 257).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
            assertThat(refusal("name=in=(" + values + ")").message()).contains("256 values");
        }

        @Test
        void aHundredStarsCostNoMoreThanOne() {
            fleet.happens(new DeviceEvent.DeviceDescribed(id("arm-1"), Map.of("note", "a".repeat(4096))));
            long start = System.nanoTime();
            assertThat(hits("metadata.note==" + "a*".repeat(100) + "b")).isEmpty();
            assertThat(hits("metadata.note==" + "*a".repeat(100) + "*")).isEqualTo("arm-1");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }

        @Test
        void hugeNumbersAreText() {
            assertThat(hits("attribute.hw=lt=1e999999999")).isEqualTo("arm-2");
            assertThat(hits("attribute.hw=lt=" + "9".repeat(1000))).isEqualTo("arm-1 arm-2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*, abc, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, abcd, false",
        "*b*, abc, true",
        "ab*ba, aba, false",
        "a*b*c, aXbXbXc, true",
        "**, abc, true",
        "A*, abc, true",
        "*c*, ab, false"
    })
    void aStarStandsForAnything(String pattern, String text, boolean matches) {
        assertThat(new dev.muster.registry.query.Wildcard(pattern, true).test(text))
                .isEqualTo(matches);
    }
}
