package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.registry.Origin;
import dev.muster.staging.Group;
import dev.muster.updates.Hardware;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.query.RolloutPreview.Exclusion;
import dev.muster.updates.query.RolloutPreview.Preview;
import dev.muster.updates.query.RolloutPreview.Why;
import dev.muster.updates.query.RolloutPreview.Wish;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutPreviewTest {

    private static final RolloutId OTHER = new RolloutId(new UUID(0, 9));

    private final TestFleet fleet = new TestFleet();
    private final TestWindows windows = new TestWindows();
    private final RolloutPreview preview = new RolloutPreview(fleet.index, fleet.catalogue, windows, fleet.clock);

    @BeforeEach
    void releaseForOneBoard() {
        fleet.released(
                OS_2,
                List.of(new SoftwareModule(
                        1, "os", "os", "1", false, List.of(), List.of(), List.of(new Hardware("rpi5", "default")))));
        for (int i = 0; i < 10; i++) {
            fleet.registered("d" + i, i < 6 ? "lab" : "hall", List.of(), Map.of(), Origin.OPERATOR)
                    .reports("d" + i, Map.of("hw_boardname", i == 9 ? "jetson" : "rpi5"));
        }
    }

    private static Group group(String name, double percent, @Nullable Integer count, @Nullable String filter) {
        return new Group(name, percent, 80, 20, count, filter);
    }

    private Preview asked(List<Group> groups) {
        return preview.preview(new Wish(OS_2.id(), "id==d*", groups, 500, null, null, false), Map.of(OTHER, "autumn"));
    }

    private static Exclusion excluded(Preview preview, Why reason) {
        return preview.excluded().stream()
                .filter(each -> each.reason() == reason)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void groupsAreDealtByCountFilterAndShare() {
        Preview found = asked(List.of(
                group("first", 0, 2, null), group("hall", 100, null, "group==hall"), group("half", 50, 3, null)));

        assertThat(found.matching()).isEqualTo(10);
        assertThat(found.members()).isEqualTo(9);
        assertThat(found.groups()).extracting(RolloutPreview.Group::size).containsExactly(2, 3, 3);
        assertThat(found.leftOver()).isEqualTo(1);
    }

    @Test
    void whoIsNotReachedIsNamedWithTheReason() {
        fleet.assigned("d0", 1, OS_2).finished("d0", 1, OS_2);
        fleet.assigned("d1", 2, OS_2);
        fleet.assigned("d2", 3, OS_1, 900, OTHER);
        fleet.assigned("d3", 4, OS_1, 100, null);
        fleet.heldBack("d4", "on loan");
        Preview found = asked(List.of(group("all", 100, null, null)));

        assertThat(excluded(found, Why.INCOMPATIBLE).text()).contains("jetson");
        assertThat(excluded(found, Why.INCOMPATIBLE).sample()).containsExactly("d9");
        assertThat(excluded(found, Why.INSTALLED).sample()).containsExactly("d0");
        assertThat(excluded(found, Why.ASSIGNED).sample()).containsExactly("d1");
        assertThat(excluded(found, Why.BUSY).text()).contains("weight 900").contains("rollout autumn");
        assertThat(excluded(found, Why.HELD_BACK).text()).contains("on loan");
        assertThat(found.warnings()).anyMatch(text -> text.contains("no heavier") && text.endsWith(": 1."));
        assertThat(found.warnings()).anyMatch(text -> text.contains("were never heard"));
    }

    @Test
    void aClosedWindowIsAWarning() {
        MaintenanceWindow window = new MaintenanceWindow("0 0 2 * * ?", Duration.ofHours(1), "Z");
        windows.closed(fleet.clock.instant().plusSeconds(60));
        Wish wish = new Wish(OS_2.id(), "id==d*", List.of(group("all", 100, null, null)), null, window, null, true);

        assertThat(preview.preview(wish, Map.of()).warnings())
                .anyMatch(text -> text.contains("opens at"))
                .contains("Devices that match later join.");
    }

    @Test
    void whoNoGroupTakesJoinsWhereDevicesJoin() {
        List<Group> canary = List.of(group("canary", 0, 2, null));
        Wish wish = new Wish(OS_2.id(), "id==d*", canary, null, null, null, true);

        assertThat(preview.preview(wish, Map.of()).warnings())
                .contains("Devices that no group takes join when it starts, too: 7.");
        assertThat(asked(canary).warnings()).noneMatch(text -> text.contains("join"));
    }

    @Test
    void aRateTellsHowLongOfferingTakes() {
        Wish wish = new Wish(
                OS_2.id(),
                "id==d*",
                List.of(group("first", 0, 3, null), group("rest", 100, null, null)),
                null,
                null,
                new RolloutPolicy.Rate(2, 2.0, null),
                false);

        assertThat(preview.preview(wish, Map.of()).offeredWithin())
                .as("3 in two minutes (2+4), then 6 in two (2+4)")
                .isEqualTo(Duration.ofMinutes(4));
        assertThat(asked(List.of(group("all", 100, null, null))).offeredWithin())
                .isNull();
    }

    @Test
    void brokenGroupsAreRefused() {
        for (List<Group> broken : List.of(
                List.<Group>of(),
                List.of(group("a", 0, null, null)),
                List.of(group("a", 101, null, null)),
                List.of(group("a", 0, 0, null)),
                List.of(group("a", 100, null, "(")))) {
            assertThatThrownBy(() -> asked(broken)).isInstanceOf(Refused.class);
        }
    }
}
