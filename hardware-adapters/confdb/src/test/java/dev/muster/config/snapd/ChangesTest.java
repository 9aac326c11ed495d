package dev.muster.config.snapd;

import static dev.muster.config.snapd.ConfdbHouse.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Json;
import dev.muster.config.snapd.Changes.Kind;
import dev.muster.testing.HandClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/** Changes are kept within a number and a size, the ones asked for last. */
class ChangesTest {

    private final HandClock clock = HandClock.at("2026-11-27T10:00:00Z");

    private static Visit visit() {
        Visit visit = new Visit(
                MockServerHttpRequest.method(HttpMethod.GET, "/").build(),
                new MockServerHttpResponse(),
                Manners.SNAPD,
                Generation.V2_74);
        visit.concerns(ROBOT);
        visit.admit(new Guest("device:robot", null, Map.of()));
        return visit;
    }

    private Changes changes(int number, long characters) {
        return new Changes(ConfdbSettings.DEFAULTS.keeping(number, characters), clock);
    }

    @Test
    void theOneNotAskedForLongestGoesFirst() {
        Changes changes = changes(3, 1 << 20);
        Visit visit = visit();
        String first = changes.note(visit, Kind.SET, "1", null, null);
        String second = changes.note(visit, Kind.SET, "2", null, null);
        changes.note(visit, Kind.SET, "3", null, null);
        assertThat(changes.find(visit, first)).isNotNull();
        changes.note(visit, Kind.SET, "4", null, null);
        assertThat(changes.find(visit, second)).isNull();
        assertThat(changes.find(visit, first)).isNotNull();
        assertThat(changes.size()).isEqualTo(3);
    }

    @Test
    void largeOnesGoBeforeThereAreMany() {
        Changes changes = changes(1_000, 10_000);
        Visit visit = visit();
        Json large = Json.of("x".repeat(4_000));
        String first = changes.note(visit, Kind.GET, "", null, large);
        changes.note(visit, Kind.GET, "", null, large);
        assertThat(changes.find(visit, first)).isNotNull();
        changes.note(visit, Kind.GET, "", null, large);
        assertThat(changes.size()).isEqualTo(2);
        String huge = changes.note(visit, Kind.GET, "", null, Json.of("x".repeat(50_000)));
        assertThat(changes.size()).isEqualTo(1);
        assertThat(changes.find(visit, huge)).isNotNull();
    }

    @Test
    void aNumberOfAnEarlierStartIsNobodys() {
        String before = changes(10, 1 << 20).note(visit(), Kind.SET, "", null, null);
        clock.advance(Duration.ofSeconds(1));
        Changes after = changes(10, 1 << 20);
        String again = after.note(visit(), Kind.SET, "", null, null);
        assertThat(again).isNotEqualTo(before);
        assertThat(after.find(visit(), before)).isNull();
    }
}
