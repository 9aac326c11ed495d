package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;
import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.updates.DeviceView;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A device that was decommissioned and is back: the index knows it as a new one. */
class ReturningDeviceTest {

    private final TestFleet fleet = new TestFleet();

    private void leavesAndReturns(String id) {
        fleet.happens(new DeviceDecommissioned(id(id))).registered(id);
    }

    @Test
    void nothingOfItsFormerLifeIsShown() {
        fleet.registered("dev1").assigned("dev1", 1, OS_1).finished("dev1", 1, OS_1);
        leavesAndReturns("dev1");

        DeviceView device = fleet.device("dev1");
        assertThat(device.installed()).isNull();
        assertThat(device.assigned()).isNull();
        assertThat(device.actions()).isEmpty();
        assertThat(device.updateStatus()).isEqualTo(UpdateStatus.UNKNOWN);
    }

    @Test
    void howAnActionOfItsFormerLifeEndsChangesNothing() {
        fleet.registered("dev1")
                .assigned("dev1", 1, OS_1)
                .assigned("dev1", 2, OS_1)
                .assigned("dev1", 3, OS_1)
                .assigned("dev1", 4, OS_1);
        leavesAndReturns("dev1");
        fleet.reports("dev1", Map.of("a", "b"));
        DeviceView before = fleet.device("dev1");

        fleet.canceled("dev1", 1, OS_1)
                .finished("dev1", 2, OS_1)
                .failed("dev1", 3, OS_1, null)
                .downloaded("dev1", 4, OS_1);

        assertThat(fleet.device("dev1")).isEqualTo(before);
    }

    @Test
    void whatItGetsSinceItIsBackIsItsOwn() {
        fleet.registered("dev1").assigned("dev1", 1, OS_1);
        leavesAndReturns("dev1");
        fleet.assigned("dev1", 2, OS_2).canceled("dev1", 1, OS_1);
        assertThat(fleet.device("dev1").action()).isEqualTo(2);

        fleet.finished("dev1", 2, OS_2);
        assertThat(fleet.device("dev1").installed()).isEqualTo(OS_2);
        assertThat(fleet.device("dev1").actions()).containsExactly(2);
    }

    @Test
    void whoGivesItAReleaseIsToldSinceWhenItIsBack() {
        assertThat(fleet.index.recipient(id("dev1"))).isNull();
        fleet.registered("dev1").reports("dev1", Map.of("hw_boardname", "rpi5", "hw_revision", "1.1"));
        assertThat(fleet.index.recipient(id("dev1")))
                .isEqualTo(new Recipient(id("dev1"), new Hardware("rpi5", "1.1"), null));

        fleet.happens(new DeviceDecommissioned(id("dev1")));
        assertThat(fleet.index.recipient(id("dev1"))).isNull();

        fleet.registered("dev1").reports("dev1", Map.of("hw_boardname", "rpi4"));
        assertThat(fleet.index.recipient(id("dev1")))
                .isEqualTo(new Recipient(
                        id("dev1"),
                        new Hardware("rpi4", "default"),
                        fleet.device("dev1").createdAt()));
    }
}
