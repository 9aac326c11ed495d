package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionType;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentCreated;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentDeleted;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseEvent.ReleaseDeleted;
import dev.muster.updates.ReleaseEvent.ReleaseInvalidated;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.UpdateSettings;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IndexesTest {

    private static final Hardware RPI = new Hardware("rpi5", "1");

    private final TestFleet fleet = new TestFleet();

    private static SoftwareModule fits(String model) {
        return new SoftwareModule(
                1, "os", "os", "1", false, List.of(), List.of(), List.of(new Hardware(model, Hardware.ANY)));
    }

    @Nested
    class Releases {

        @Test
        void theShelfIsNewestFirst() {
            fleet.released(OS_1, List.of()).released(OS_2, List.of());

            assertThat(fleet.catalogue.all())
                    .extracting(release -> release.ref().version())
                    .containsExactly("2.0", "1.0");
        }

        @Test
        void theLatestIsTheGreatestValidVersionThatFits() {
            fleet.released(OS_2, List.of(fits("rpi5")))
                    .released(TestFleet.release("os", "10.0"), List.of(fits("jetson")))
                    .released(TestFleet.release("os", "1.9"), List.of())
                    .released(TestFleet.release("app", "99"), List.of());

            assertThat(fleet.catalogue.latest("os", RPI).ref()).isEqualTo(OS_2);
            assertThat(fleet.catalogue.latest(null, RPI).ref().version()).isEqualTo("99");
            assertThat(fleet.catalogue.latest("none", RPI)).isNull();

            fleet.log.record("release/" + OS_2.id(), new ReleaseInvalidated(OS_2.id(), null));
            assertThat(fleet.catalogue.latest("os", RPI).ref().version()).isEqualTo("1.9");
            assertThat(fleet.catalogue.find(OS_2.id()).valid()).isFalse();
            assertThat(fleet.catalogue.find(OS_2.id()).version()).isEqualTo(1);
        }

        @Test
        void aDeletedReleaseLeavesTheShelfAndStaysInMemory() {
            fleet.released(OS_1, List.of());
            fleet.log.record("release/" + OS_1.id(), new ReleaseDeleted(OS_1.id()));

            assertThat(fleet.catalogue.all()).isEmpty();
            assertThat(fleet.catalogue.find(OS_1.id()).deleted()).isTrue();

            fleet.released(OS_1, List.of());
            assertThat(fleet.catalogue.find(OS_1.id()).deleted()).isFalse();
            assertThat(fleet.catalogue.all()).hasSize(1);
        }
    }

    @Test
    void settingsAreTheDefaultsUntilTheyChange() {
        assertThat(fleet.settings.get()).isEqualTo(UpdateSettings.DEFAULTS);
        assertThat(fleet.settings.version()).isEqualTo(-1);

        fleet.polling("00:01:00");
        assertThat(fleet.settings.get().pollingTime()).isEqualTo("00:01:00");
        assertThat(fleet.settings.version()).isZero();
    }

    @Test
    void standingAssignmentsComeAndGo() {
        UUID first = new UUID(0, 1);
        UUID second = new UUID(0, 2);
        fleet.log.record(
                "auto-assignment/" + first,
                new AutoAssignmentCreated(first, "lab", "group==lab", OS_1, null, ActionType.SOFT, 5));
        fleet.log.record(
                "auto-assignment/" + second,
                new AutoAssignmentCreated(second, "all", "id==*", null, "os", ActionType.FORCED, null));
        assertThat(fleet.autoAssignments.all())
                .containsExactly(
                        new StandingAssignment(
                                first, "lab", "group==lab", OS_1, null, ActionType.SOFT, 5, MemoryLog.START),
                        new StandingAssignment(
                                second,
                                "all",
                                "id==*",
                                null,
                                "os",
                                ActionType.FORCED,
                                null,
                                MemoryLog.START.plusSeconds(1)));

        fleet.log.record("auto-assignment/" + first, new AutoAssignmentDeleted(first));
        assertThat(fleet.autoAssignments.all()).hasSize(1);
    }
}
