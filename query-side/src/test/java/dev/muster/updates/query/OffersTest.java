package dev.muster.updates.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionType;
import dev.muster.updates.Hardware;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.SoftwareOffered;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Offers.Due;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.Software;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All actions have one number on the wire of update modes; which one a device means is known by what it read. */
class OffersTest {

    private static final DeviceId ROBOT = new DeviceId("robot");
    private static final Hardware GATEWAY = new Hardware("gateway", "1");
    private static final MaintenanceWindow NIGHT = new MaintenanceWindow("0 0 2 * * ?", Duration.ofHours(1), "Z");

    private final TestWindows windows = new TestWindows();
    private final TestFleet fleet = new TestFleet().registered("robot");
    private final Offers offers =
            new Offers(new Selection(fleet.shelf, fleet.feeds), fleet.shelf, fleet.followings, windows, 10);

    @BeforeEach
    void twoOnTheShelf() {
        fleet.reports("robot", Map.of("hw_boardname", "gateway", "hw_revision", "1"));
        shelved(1, TestFleet.OS_1);
        shelved(2, TestFleet.OS_2);
    }

    private void shelved(long number, ReleaseRef release) {
        Artifact file = new Artifact(
                release.version() + ".swu", "0".repeat(64), "0".repeat(40), "0".repeat(32), 12, MemoryLog.START, null);
        fleet.released(
                release,
                List.of(new SoftwareModule(
                        number, "os", "os", release.version(), false, List.of(file), List.of(), List.of(GATEWAY))));
    }

    private void assigned(
            int action, ReleaseRef release, @Nullable Integer weight, @Nullable MaintenanceWindow window) {
        fleet.happens(new ActionAssigned(
                ROBOT,
                action,
                release,
                false,
                ActionType.FORCED,
                null,
                weight,
                window,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    }

    private void happens(FollowingEvent event) {
        fleet.log.record("following/" + ROBOT, event);
    }

    private void begins(ReleaseRef release) {
        happens(new SoftwareOffered(ROBOT, FollowingCommand.ELSEWHERE, release, null, null));
        happens(new FollowingStarted(ROBOT, FollowingCommand.ELSEWHERE, release, null, null));
    }

    private Following robot() {
        Following robot = fleet.followings.find(ROBOT);
        assertThat(robot).isNotNull();
        return robot;
    }

    private @Nullable Integer spokenOf() {
        return number(offers.spokenOf(robot(), fleet.clock.instant()));
    }

    private @Nullable Integer due() {
        return number(offers.due(robot(), fleet.clock.instant()));
    }

    private static @Nullable Integer number(@Nullable Due due) {
        return due == null ? null : due.action();
    }

    @Test
    void whoReadNothingSpeaksOfTheFirst() {
        assigned(7, TestFleet.OS_1, 500, null);
        assigned(8, TestFleet.OS_2, 900, null);
        assertThat(spokenOf()).isEqualTo(8);
    }

    @Test
    void whatIsToStopIsSpokenOfWhileItIsWorkedOn() {
        assigned(7, TestFleet.OS_1, null, null);
        begins(TestFleet.OS_1);
        fleet.happens(new ActionCancelRequested(ROBOT, 7, CancelCause.OPERATOR));
        assertThat(spokenOf()).isEqualTo(7);
        assertThat(due()).as("it is not offered anew").isNull();
    }

    @Test
    void aWindowThatClosesDoesNotCutOffTheLastWord() {
        assigned(7, TestFleet.OS_1, null, NIGHT);
        begins(TestFleet.OS_1);
        windows.closed(null);
        assertThat(spokenOf()).isEqualTo(7);
    }

    @Test
    void aHeavierActionDrawsNobodyAwayFromTheOneAtWork() {
        assigned(7, TestFleet.OS_1, 500, null);
        begins(TestFleet.OS_1);
        assigned(8, TestFleet.OS_2, 900, null);
        assertThat(spokenOf()).isEqualTo(7);
        assertThat(due()).isEqualTo(7);
        assertThat(offers.download(robot(), fleet.clock.instant()))
                .extracting(Software::number)
                .as("the bytes stay the same")
                .isEqualTo(1L);

        happens(new FollowingFinished(ROBOT, FollowingCommand.ELSEWHERE, null, null, null));
        fleet.finished("robot", 7, TestFleet.OS_1);
        assertThat(due()).isEqualTo(8);
        assertThat(spokenOf()).isEqualTo(8);
    }

    @Test
    void whatIsOverIsNotTakenForAnother() {
        assigned(7, TestFleet.OS_1, null, null);
        begins(TestFleet.OS_1);
        assigned(8, TestFleet.OS_2, null, null);
        fleet.finished("robot", 7, TestFleet.OS_1);
        assertThat(spokenOf()).isNull();
    }
}
