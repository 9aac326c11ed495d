package dev.muster.updates.command;

import static dev.muster.kernel.KernelRefusal.INVALID_REQUEST;
import static dev.muster.updates.UpdatesRefusal.DEVICE_HELD_BACK;

import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.HoldBack;
import dev.muster.updates.ActionCommand.LetGo;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.ActionEvent.DeviceHeldBack;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.ActionType;
import dev.muster.updates.RolloutId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A device that is kept from what the fleet gets. */
class HoldingBackTest extends DeviceActionsStory {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(1, 2));
    private static final DeviceHeldBack HELD = new DeviceHeldBack(ROBOT, "certification");

    private static AssignRelease standing(int action) {
        return new AssignRelease(
                ROBOT,
                action,
                ONE,
                false,
                List.of(),
                BOARD,
                null,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                false,
                true);
    }

    @Test
    void itIsHeldBackForAReasonAndLetGoOnce() {
        fixture.givenNoPriorActivity()
                .when(new HoldBack(ROBOT, " certification "))
                .expectEvents(HELD);
        fixture.given(HELD).when(new HoldBack(ROBOT, "certification")).expectNoEvents();
        fixture.given(HELD).when(new HoldBack(ROBOT, "support")).expectEvents(new DeviceHeldBack(ROBOT, "support"));
        fixture.given(HELD).when(new LetGo(ROBOT)).expectEvents(new DeviceLetGo(ROBOT));
        fixture.given(HELD, new DeviceLetGo(ROBOT)).when(new LetGo(ROBOT)).expectNoEvents();
    }

    @Test
    void aReasonIsShortAndNotEmpty() {
        refused(fixture.givenNoPriorActivity().when(new HoldBack(ROBOT, "  ")), INVALID_REQUEST);
        refused(fixture.givenNoPriorActivity().when(new HoldBack(ROBOT, "x".repeat(256))), INVALID_REQUEST);
    }

    @Test
    void rolloutsAndStandingAssignmentsPassItBy() {
        refused(fixture.given(HELD).when(assign(7, ONE, ActionType.FORCED, false, false, ROLLOUT)), DEVICE_HELD_BACK);
        refused(fixture.given(HELD).when(standing(7)), DEVICE_HELD_BACK);
        fixture.given(HELD, new DeviceLetGo(ROBOT)).when(standing(7)).expectEvents(assigned(7, ONE));
    }

    @Test
    void byHandItMayStillBeGivenSomething() {
        fixture.given(HELD).when(assign(7, ONE)).expectEvents(assigned(7, ONE));
    }

    @Test
    void whatARolloutGaveItBeforeIsFoundAgain() {
        fixture.given(assigned(7, ONE, ActionType.FORCED, false, false, ROLLOUT, null, null, null), HELD)
                .when(assign(8, ONE, ActionType.FORCED, false, false, ROLLOUT))
                .expectResultMessagePayload(new Assigned(7, true))
                .expectNoEvents();
    }

    @Test
    void aDeviceThatLeavesIsLetGoAndWhatItIsHeldBackForAfterItsReturnStays() {
        fixture.given(HELD).when(new WithdrawActions(ROBOT, null)).expectEvents(new DeviceLetGo(ROBOT));
        fixture.givenCurrentTime(NOW.minus(Duration.ofDays(30)))
                .andGiven(HELD)
                .andGivenCurrentTime(NOW)
                .andGiven(new DeviceHeldBack(ROBOT, "support"))
                .when(new WithdrawActions(ROBOT, NOW.minus(Duration.ofDays(1))))
                .expectNoEvents();
    }
}
