package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;
import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.DeviceHeldBack;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Devices that are tried again, have to prove their health, or are held back. */
class TriesAndHoldsTest {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(1, 2));
    private static final Instant SOON = Instant.parse("2026-11-20T12:10:00Z");

    private final TestFleet fleet = new TestFleet();

    private void failsForNow(int action) {
        fleet.happens(new ActionFailed(id("dev1"), action, OS_2, false, null, List.of(), null, ROLLOUT, 0, SOON, null));
    }

    private void installs(int action) {
        fleet.happens(new ActionInstalled(id("dev1"), action, OS_2, null, List.of(), null, SOON, null, null));
    }

    private MemberStatus member() {
        return fleet.index.member(id("dev1"), ROLLOUT).status();
    }

    @Test
    void whatIsTriedAgainHasNotFailedInItsRollout() {
        fleet.registered("dev1").assigned("dev1", 1, OS_2, null, ROLLOUT);
        failsForNow(1);
        assertThat(member()).isEqualTo(MemberStatus.RUNNING);
        assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.ERROR);

        fleet.assigned("dev1", 2, OS_2, null, ROLLOUT);
        assertThat(fleet.index.member(id("dev1"), ROLLOUT).action()).isEqualTo(2);
        fleet.finished("dev1", 2, OS_2, ROLLOUT);
        assertThat(member()).isEqualTo(MemberStatus.SUCCEEDED);
    }

    @Test
    void whatIsGivenUpHas() {
        fleet.registered("dev1").assigned("dev1", 1, OS_2, null, ROLLOUT);
        failsForNow(1);
        fleet.happens(new RetryGivenUp(id("dev1"), 1, OS_2, false, null, List.of(), ROLLOUT, 0));
        assertThat(member()).isEqualTo(MemberStatus.FAILED);
    }

    @Test
    void whatHasToBeProvenIsPendingAndNotInstalled() {
        fleet.registered("dev1").assigned("dev1", 1, OS_1).finished("dev1", 1, OS_1);
        fleet.reports("dev1", java.util.Map.of("sw_version", "1.0"));
        fleet.assigned("dev1", 2, OS_2);
        installs(2);
        assertThat(fleet.device("dev1").installed()).isEqualTo(OS_1);
        assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.PENDING);
        assertThat(fleet.device("dev1").action()).isEqualTo(2);
        assertThat(fleet.device("dev1").attributesRequested()).isTrue();

        fleet.finished("dev1", 2, OS_2);
        assertThat(fleet.device("dev1").installed()).isEqualTo(OS_2);
        assertThat(fleet.device("dev1").action()).isNull();
    }

    @Test
    void somethingNewerIsWhatTheDeviceWorksOn() {
        fleet.registered("dev1").assigned("dev1", 1, OS_2);
        installs(1);
        fleet.assigned("dev1", 2, OS_1);
        assertThat(fleet.device("dev1").action()).isEqualTo(2);
    }

    @Test
    void aHoldIsShownAndFilteredBy() {
        fleet.registered("dev1").registered("dev2").happens(new DeviceHeldBack(id("dev1"), "certification"));
        assertThat(fleet.device("dev1").heldBack()).isEqualTo("certification");
        assertThat(fleet.device("dev2").heldBack()).isNull();
        assertThat(fleet.index.matching("heldback==certif*")).containsExactly(id("dev1"));
        assertThat(fleet.index.matching("heldback==\"\"")).containsExactly(id("dev2"));
        assertThat(fleet.index.filter("heldback==certification").test(fleet.device("dev1")))
                .isTrue();

        fleet.happens(new DeviceLetGo(id("dev1")));
        assertThat(fleet.device("dev1").heldBack()).isNull();
    }

    @Test
    void aDeviceThatReturnsIsNotHeldBack() {
        fleet.registered("dev1").happens(new DeviceHeldBack(id("dev1"), "certification"));
        fleet.happens(new DeviceDecommissioned(id("dev1"))).registered("dev1");
        assertThat(fleet.device("dev1").heldBack()).isNull();
    }
}
