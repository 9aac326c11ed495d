package dev.muster.updates.command;

import static dev.muster.updates.UpdatesRefusal.NUMBER_OUT_OF_ORDER;
import static dev.muster.updates.UpdatesRefusal.RELEASE_INCOMPATIBLE;

import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.DeclareInstalled;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.InstalledDeclared;
import dev.muster.updates.ActionType;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Giving a device a release, and what it says of itself. */
class AssigningTest extends DeviceActionsStory {

    @Test
    void aReleaseBecomesAnAction() {
        fixture.givenNoPriorActivity()
                .when(assign(7, ONE))
                .expectResultMessagePayload(new Assigned(7, true))
                .expectEvents(assigned(7, ONE));
    }

    @Test
    void whatIsUnderWayOrInstalledIsNotAssignedAgain() {
        fixture.given(assigned(7, ONE))
                .when(assign(8, ONE))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectNoEvents();
        fixture.given(assigned(7, ONE), finished(7, ONE))
                .when(assign(8, ONE))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectNoEvents();
    }

    @Test
    void whatIsInstalledIsInstalledAgainForWhoeverDoesNotTrustIt() {
        fixture.given(assigned(7, ONE), finished(7, ONE))
                .when(again(8, ONE))
                .expectResultMessagePayload(new Assigned(8, true))
                .expectEvents(assigned(8, ONE, ONE));
        fixture.given(assigned(7, ONE))
                .when(again(8, ONE))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectNoEvents();
    }

    @Test
    void onlyWhatNeedsNobodyServesThem() {
        fixture.given(assigned(7, ONE, ActionType.SOFT, false, false))
                .when(again(8, ONE))
                .expectEvents(new ActionCancelRequested(ROBOT, 7, CancelCause.SUPERSEDED), assigned(8, ONE));
        fixture.given(assigned(7, ONE, ActionType.FORCED, true, false))
                .when(again(8, ONE))
                .expectEvents(new ActionCancelRequested(ROBOT, 7, CancelCause.SUPERSEDED), assigned(8, ONE));
        fixture.given(assigned(7, ONE), canceling(7)).when(again(8, ONE)).expectEvents(assigned(8, ONE));
    }

    private static AssignRelease again(int action, ReleaseRef release) {
        return new AssignRelease(
                ROBOT,
                action,
                release,
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
                true,
                false);
    }

    @Test
    void whatFailedMayBeTriedAgain() {
        fixture.given(assigned(7, ONE), failed(7, ONE)).when(assign(8, ONE)).expectEvents(assigned(8, ONE));
    }

    @Test
    void aNewerActionAsksTheOlderToStop() {
        fixture.given(assigned(7, ONE))
                .when(assign(8, TWO))
                .expectEvents(new ActionCancelRequested(ROBOT, 7, CancelCause.SUPERSEDED), assigned(8, TWO));
    }

    @Test
    void withAutoCloseTheOlderEndsAtOnce() {
        fixture.given(assigned(7, ONE))
                .when(assign(8, TWO, ActionType.FORCED, false, true, null))
                .expectEvents(withdrawn(7, ONE), assigned(8, TWO));
    }

    @Test
    void aMigrationStepIsNeverSkipped() {
        fixture.given(assigned(7, ONE, ActionType.FORCED, false, true))
                .when(assign(8, TWO))
                .expectEvents(assigned(8, TWO));
    }

    @Test
    void aReleaseForOtherHardwareIsRefused() {
        AssignRelease wrong = new AssignRelease(
                ROBOT,
                7,
                ONE,
                false,
                List.of(List.of(new Hardware("board", "2.0"))),
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
                false);
        refused(fixture.givenNoPriorActivity().when(wrong), RELEASE_INCOMPATIBLE);
    }

    @Test
    void numbersOnlyGrow() {
        refused(fixture.given(assigned(7, ONE)).when(assign(6, TWO)), NUMBER_OUT_OF_ORDER);
    }

    @Test
    void aRolloutThatRepeatsItsOfferFindsWhatItGave() {
        RolloutId rollout = new RolloutId(new UUID(1, 2));
        ActionAssigned before = assigned(7, ONE, ActionType.FORCED, false, false, rollout, null, null, null);
        fixture.given(before, new ActionFailed(ROBOT, 7, ONE, false, null, List.of(), null, rollout, 0, null, null))
                .when(assign(8, ONE, ActionType.FORCED, false, false, rollout))
                .expectResultMessagePayload(new Assigned(7, true))
                .expectNoEvents();
    }

    /** Counted as skipped beside its action, one device would end twice, and the rollout before its time. */
    @Test
    void whatARolloutGaveIsFoundWhateverTheDeviceSaysOfItselfSince() {
        RolloutId rollout = new RolloutId(new UUID(1, 2));
        AssignRelease repeated = new AssignRelease(
                ROBOT,
                8,
                ONE,
                false,
                List.of(List.of(new Hardware("board", "2.0"))),
                BOARD,
                null,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                false,
                null,
                rollout,
                0,
                null,
                null,
                false,
                false);
        fixture.given(assigned(7, ONE, ActionType.FORCED, false, false, rollout, null, null, null))
                .when(repeated)
                .expectResultMessagePayload(new Assigned(7, true))
                .expectNoEvents();
    }

    @Test
    void whatWasOnlyDownloadedMayStillBeInstalled() {
        fixture.given(
                        assigned(7, ONE, ActionType.DOWNLOAD_ONLY, false, false),
                        new ActionDownloaded(ROBOT, 7, ONE, null, List.of(), null, null, null))
                .when(assign(8, ONE))
                .expectEvents(assigned(8, ONE));
    }

    @Test
    void aDeviceMaySayWhatItAlreadyRuns() {
        fixture.givenNoPriorActivity()
                .when(new DeclareInstalled(ROBOT, 7, ONE, null))
                .expectResultMessagePayload(new Assigned(7, true))
                .expectEvents(new InstalledDeclared(ROBOT, 7, ONE));
        fixture.given(new InstalledDeclared(ROBOT, 7, ONE))
                .when(new DeclareInstalled(ROBOT, 8, ONE, null))
                .expectResultMessagePayload(new Assigned(7, false))
                .expectNoEvents();
    }
}
