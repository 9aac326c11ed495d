package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.registry.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterMissTest {

    private final TestFleet fleet =
            new TestFleet().registered("d0", "office", List.of("red", "fast"), Map.of("feed", "qa"), Origin.OPERATOR);

    private List<String> misses(String rsql) {
        return fleet.index.misses(id("d0"), rsql).stream()
                .map(FilterMiss::words)
                .toList();
    }

    @Test
    void aDeviceThatIsHitMissesNothing() {
        assertThat(misses("group==office;tag==red")).isEmpty();
        assertThat(misses(null)).isEmpty();
        assertThat(misses("group==lab,group==office")).isEmpty();
    }

    @Test
    void theFirstComparisonThatFailsIsNamedWithTheDevicesValue() {
        assertThat(misses("group==lab;tag==blue")).containsExactly("group==lab is not so: its group is office");
        assertThat(misses("group==office;tag==blue")).containsExactly("tag==blue is not so: its tag is red, fast");
        assertThat(misses("attribute.site==ulm"))
                .containsExactly("attribute.site==ulm is not so: its attribute.site is not set");
        assertThat(misses("presence==online"))
                .containsExactly("presence==online is not so: its presence is never-seen");
        assertThat(misses("lastSeen=gt=2026-01-01T00:00:00Z").getFirst()).endsWith("its lastseen is not set");
    }

    @Test
    void whenNoneOfSeveralMatchesEachSaysWhy() {
        assertThat(misses("group==lab,id==d1")).hasSize(2);
        assertThat(misses("(group==lab,id==d1);tag==blue")).hasSize(2);
        assertThat(misses("group=in=(lab,hall)")).containsExactly("group=in=(lab,hall) is not so: its group is office");
    }

    @Test
    void aNegatedComparisonIsExplainedToo() {
        assertThat(misses("group!=office")).containsExactly("group!=office is not so: its group is office");
    }

    @Test
    void strangersAndBrokenFilters() {
        assertThat(fleet.index.misses(id("nobody"), "id==x")).isNull();
        assertThatThrownBy(() -> misses("(")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> misses("colour==red")).isInstanceOf(Refused.class);
    }
}
