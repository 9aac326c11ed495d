package dev.muster.updates.modes.command;

import dev.muster.updates.Hardware;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.modes.FollowingCommand.Assigned;
import dev.muster.updates.modes.FollowingCommand.ChooseMode;
import dev.muster.updates.modes.FollowingCommand.Force;
import dev.muster.updates.modes.FollowingCommand.SetFeed;
import dev.muster.updates.modes.FollowingEvent.FeedSet;
import dev.muster.updates.modes.FollowingEvent.ForceSet;
import dev.muster.updates.modes.FollowingEvent.ModeChosen;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.UpdateMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChoosingModesTest extends FollowingStory {

    private static final Hardware BOARD = new Hardware("board", "1.0");
    private static final ModeChosen PINNED = new ModeChosen(ROBOT, UpdateMode.PINNED, null, null);

    private static ChooseMode choose(UpdateMode mode) {
        return new ChooseMode(ROBOT, mode, null, null);
    }

    private static ChooseMode assign(List<Hardware> compatibility, Hardware device) {
        return new ChooseMode(ROBOT, UpdateMode.ASSIGNED, null, new Assigned(A, compatibility, device));
    }

    @Test
    void everyDeviceBeginsWithTheDefaultFeed() {
        fixture.givenNoPriorActivity().when(choose(UpdateMode.ROLLOUT)).expectNoEvents();
        fixture.givenNoPriorActivity().when(new SetFeed(ROBOT, "default")).expectNoEvents();
    }

    @ParameterizedTest
    @EnumSource(
            value = UpdateMode.class,
            names = {"LATEST", "PINNED", "NONE"})
    void otherModesForgetTheFeed(UpdateMode mode) {
        fixture.given(new FeedSet(ROBOT, "qa"))
                .when(choose(mode))
                .expectEvents(new ModeChosen(ROBOT, mode, null, null));
    }

    @Test
    void theyLeaveAnAssignmentUnused() {
        fixture.given(new ModeChosen(ROBOT, UpdateMode.ASSIGNED, null, A))
                .when(choose(UpdateMode.LATEST))
                .expectEvents(new ModeChosen(ROBOT, UpdateMode.LATEST, null, A));
    }

    @Test
    void choosingTheModeItHasChangesNothing() {
        fixture.given(PINNED).when(choose(UpdateMode.PINNED)).expectNoEvents();
    }

    @Test
    void followingRolloutsNeedsAFeed() {
        refused(fixture.given(PINNED).when(choose(UpdateMode.ROLLOUT)), UpdatesRefusal.FEED_MISSING);
    }

    @Test
    void theFeedMayComeInTheSameRequest() {
        fixture.given(PINNED)
                .when(new ChooseMode(ROBOT, UpdateMode.ROLLOUT, "qa", null))
                .expectEvents(new ModeChosen(ROBOT, UpdateMode.ROLLOUT, "qa", null));
    }

    @Test
    void orBeforeInAnyMode() {
        fixture.given(PINNED).when(new SetFeed(ROBOT, "qa")).expectEvents(new FeedSet(ROBOT, "qa"));
        fixture.given(PINNED, new FeedSet(ROBOT, "qa"))
                .when(choose(UpdateMode.ROLLOUT))
                .expectEvents(new ModeChosen(ROBOT, UpdateMode.ROLLOUT, "qa", null));
    }

    @Test
    void followingRolloutsTakesBackAnAssignment() {
        fixture.given(new ModeChosen(ROBOT, UpdateMode.ASSIGNED, null, A))
                .when(new ChooseMode(ROBOT, UpdateMode.ROLLOUT, "default", null))
                .expectEvents(new ModeChosen(ROBOT, UpdateMode.ROLLOUT, "default", null));
    }

    @Test
    void softwareIsAssignedToTheHardwareThatItNames() {
        fixture.givenNoPriorActivity()
                .when(assign(List.of(new Hardware("board", "0.9"), BOARD), BOARD))
                .expectEvents(new ModeChosen(ROBOT, UpdateMode.ASSIGNED, null, A));
    }

    @Test
    void butToNoOther() {
        refused(
                fixture.givenNoPriorActivity().when(assign(List.of(new Hardware("board", "2.0")), BOARD)),
                UpdatesRefusal.SOFTWARE_INCOMPATIBLE);
        refused(fixture.givenNoPriorActivity().when(assign(List.of(), BOARD)), UpdatesRefusal.SOFTWARE_INCOMPATIBLE);
        fixture.givenNoPriorActivity()
                .when(assign(List.of(), Software.UNNAMED))
                .expectEvents(new ModeChosen(ROBOT, UpdateMode.ASSIGNED, null, A));
    }

    @Test
    void softwareThatIsNotThereAssignsNothing() {
        fixture.givenNoPriorActivity()
                .when(choose(UpdateMode.ASSIGNED))
                .expectEvents(new ModeChosen(ROBOT, UpdateMode.ASSIGNED, null, null));
    }

    @Test
    void aFeedCanBeCleared() {
        fixture.givenNoPriorActivity().when(new SetFeed(ROBOT, null)).expectEvents(new FeedSet(ROBOT, null));
    }

    @Test
    void endlessFeedsAreRefused() {
        refused(
                fixture.givenNoPriorActivity().when(new SetFeed(ROBOT, "f".repeat(256))),
                UpdatesRefusal.FEED_TEXT_INVALID);
        refused(
                fixture.givenNoPriorActivity().when(new ChooseMode(ROBOT, UpdateMode.ROLLOUT, "f".repeat(256), null)),
                UpdatesRefusal.FEED_TEXT_INVALID);
    }

    @Test
    void forceIsSetAndTakenBack() {
        fixture.givenNoPriorActivity().when(new Force(ROBOT, true)).expectEvents(new ForceSet(ROBOT, true));
        fixture.given(new ForceSet(ROBOT, true)).when(new Force(ROBOT, true)).expectNoEvents();
        fixture.given(new ForceSet(ROBOT, true)).when(new Force(ROBOT, false)).expectEvents(new ForceSet(ROBOT, false));
    }
}
