package dev.muster.updates.modes.command;

import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingCommand.Force;
import dev.muster.updates.modes.FollowingCommand.NoteOffered;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.FollowingCommand.ReportFollowing;
import dev.muster.updates.modes.FollowingCommand.Standing;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.ForceSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FollowedFeedbackTest extends FollowingStory {

    @Nested
    class Reading {

        @Test
        void whatWasReadIsNotedOnce() {
            fixture.givenNoPriorActivity().when(new NoteOffered(ROBOT, OFFER_C)).expectEvents(offered(OFFER_C));
            fixture.given(offered(OFFER_C))
                    .when(new NoteOffered(ROBOT, OFFER_C))
                    .expectNoEvents();
        }

        @Test
        void readAgainAfterItsEndItIsAnotherOffer() {
            fixture.given(offered(OFFER_C), finished(OFFER_C, 5L))
                    .when(new NoteOffered(ROBOT, OFFER_C))
                    .expectEvents(offered(OFFER_C));
        }

        @Test
        void anotherActionsSoftwareIsAnotherOffer() {
            Offer first = new Offer(FollowingCommand.ELSEWHERE, RELEASE_A, null, null);
            Offer second = new Offer(FollowingCommand.ELSEWHERE, RELEASE_C, null, null);
            fixture.given(offered(first)).when(new NoteOffered(ROBOT, second)).expectEvents(offered(second));
        }
    }

    @Test
    void nobodyFillsTheLogWithWordsThatChangeNothing() {
        List<Object> much = new ArrayList<>();
        much.add(started(OFFER_C));
        much.addAll(Collections.nCopies(FollowingDecision.WORDS_MAX, logged(C, Execution.PROCEEDING, Finished.NONE)));
        fixture.given(much).when(proceeding(C, due(OFFER_C), "and")).expectNoEvents();
        fixture.given(much)
                .when(says(A, Execution.SCHEDULED, Finished.NONE, NOTHING))
                .expectNoEvents();
        fixture.given(much).when(succeeded(C, due(OFFER_C))).expectEvents(finished(OFFER_C, 5L));
        much.add(failed(OFFER_C, 5L));
        much.add(started(OFFER_C));
        fixture.given(much)
                .when(says(C, Execution.PROCEEDING, Finished.NONE, due(OFFER_C)))
                .expectEvents(logged(C, Execution.PROCEEDING, Finished.NONE));
    }

    @Nested
    class AtWork {

        @Test
        void theFirstWordBeginsTheLogAnew() {
            fixture.given(offered(OFFER_C))
                    .when(proceeding(C, due(OFFER_C), "Installing"))
                    .expectEvents(new FollowingStarted(ROBOT, C, RELEASE_C, "1", List.of("Installing")))
                    .expectResultMessagePayload(counted(FollowState.RUNNING));
        }

        @Test
        void furtherWordIsOnlyLogged() {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(proceeding(C, due(OFFER_C), "a", "b"))
                    .expectEvents(
                            new FollowingReported(ROBOT, C, Execution.PROCEEDING, Finished.NONE, List.of("a", "b")))
                    .expectResultMessagePayload(counted(FollowState.RUNNING));
        }

        @Test
        void whoActsOnAPollWithoutReadingIsBelieved() {
            fixture.givenNoPriorActivity()
                    .when(says(C, Execution.PROCEEDING, Finished.NONE, due(OFFER_C)))
                    .expectEvents(started(OFFER_C));
        }

        @Test
        void afterAFailureTheDeviceMayBeginByItself() {
            fixture.given(offered(OFFER_C), failed(OFFER_C, 5L))
                    .when(says(C, Execution.PROCEEDING, Finished.NONE, selected(OFFER_C)))
                    .expectEvents(started(OFFER_C));
        }

        @Test
        void afterSuccessToo() {
            fixture.given(offered(OFFER_C), finished(OFFER_C, 5L))
                    .when(says(C, Execution.PROCEEDING, Finished.NONE, selected(OFFER_C)))
                    .expectEvents(started(OFFER_C));
        }

        @Test
        void butNotWithWhatItNeverGot() {
            fixture.given(offered(OFFER_C), finished(OFFER_C, 5L))
                    .when(says(A, Execution.PROCEEDING, Finished.NONE, selected(OFFER_C)))
                    .expectEvents(logged(A, Execution.PROCEEDING, Finished.NONE))
                    .expectResultMessagePayload(passedOver(FollowState.FINISHED));
        }

        @Test
        void anotherSoftwareBegunMeanwhileIsNoted() {
            fixture.given(started(OFFER_A))
                    .when(says(C, Execution.PROCEEDING, Finished.NONE, due(OFFER_C)))
                    .expectEvents(offered(OFFER_C), logged(C, Execution.PROCEEDING, Finished.NONE));
        }

        @ParameterizedTest
        @EnumSource(
                value = Execution.class,
                names = {"CANCELED", "SCHEDULED", "REJECTED", "RESUMED", "DOWNLOADED", "DOWNLOAD"})
        void otherWordChangesNothingButTheLog(Execution execution) {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(says(C, execution, Finished.FAILURE, due(OFFER_C)))
                    .expectEvents(logged(C, execution, Finished.FAILURE))
                    .expectResultMessagePayload(counted(FollowState.RUNNING));
        }
    }

    @Nested
    class TheEnd {

        @ParameterizedTest
        @EnumSource(
                value = Finished.class,
                names = {"SUCCESS", "NONE"})
        void isASuccessUnlessItIsCalledAFailure(Finished finished) {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(says(C, Execution.CLOSED, finished, due(OFFER_C)))
                    .expectEvents(finished(OFFER_C, 5L))
                    .expectResultMessagePayload(counted(FollowState.FINISHED));
        }

        @Test
        void mayBeAFailure() {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(failedNow(C, due(OFFER_C)))
                    .expectEvents(failed(OFFER_C, 5L))
                    .expectResultMessagePayload(counted(FollowState.ERROR));
        }

        @Test
        void bringsItsLogLines() {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(new ReportFollowing(
                            ROBOT, C, Execution.CLOSED, Finished.FAILURE, List.of("no space left"), due(OFFER_C)))
                    .expectEvents(new FollowingFailed(ROBOT, C, 5L, false, List.of("no space left")));
        }

        @Test
        void isCountedByTheRolloutThatIsFollowedThen() {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(succeeded(C, due(new Offer(C, RELEASE_C, "1", 9L))))
                    .expectEvents(finished(OFFER_C, 9L));
        }

        @Test
        void isNotCountedWhenItGivesOtherSoftware() {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(succeeded(C, due(OFFER_A)))
                    .expectEvents(finished(OFFER_C, null));
        }

        @Test
        void isNotCountedWhenNoneIsLeft() {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(succeeded(C, NOTHING))
                    .expectEvents(finished(OFFER_C, null));
        }

        @Test
        void ofSoftwareThatIsGoneTellsNoVersion() {
            fixture.given(offered(OFFER_C), started(OFFER_C))
                    .when(succeeded(C, new Standing(null, false, false)))
                    .expectEvents(new FollowingFinished(ROBOT, C, null, null, null))
                    .expectResultMessagePayload(counted(FollowState.FINISHED));
        }

        @Test
        void ofAnActionsSoftwareTellsNoVersionEither() {
            ReleaseRef release = new ReleaseRef(ReleaseId.of("os", "7"), "os", "7");
            Offer elsewhere = new Offer(FollowingCommand.ELSEWHERE, release, null, null);
            fixture.given(offered(elsewhere))
                    .when(succeeded(FollowingCommand.ELSEWHERE, new Standing(elsewhere, true, false)))
                    .expectEvents(new FollowingFinished(ROBOT, FollowingCommand.ELSEWHERE, null, null, null));
        }

        @Test
        void withoutAWordBeforeIsNotedAsAnOfferFirst() {
            fixture.givenNoPriorActivity()
                    .when(succeeded(C, due(OFFER_C)))
                    .expectEvents(offered(OFFER_C), finished(OFFER_C, 5L));
        }

        @Test
        void toldAgainIsPassedOver() {
            fixture.given(offered(OFFER_C), started(OFFER_C), finished(OFFER_C, 5L))
                    .when(succeeded(C, selected(OFFER_C)))
                    .expectEvents(logged(C, Execution.CLOSED, Finished.SUCCESS))
                    .expectResultMessagePayload(passedOver(FollowState.FINISHED));
        }

        @Test
        void toldAgainAtOnceIsPassedOverToo() {
            fixture.given(offered(OFFER_C), started(OFFER_C), failed(OFFER_C, 5L))
                    .when(failedNow(C, due(OFFER_C)))
                    .expectEvents(logged(C, Execution.CLOSED, Finished.FAILURE))
                    .expectResultMessagePayload(passedOver(FollowState.ERROR));
        }

        @Test
        void ofAForcedUpdateCountsAgain() {
            fixture.given(offered(OFFER_C), finished(OFFER_C, 5L), new ForceSet(ROBOT, true))
                    .when(succeeded(C, due(OFFER_C)))
                    .expectEvents(offered(OFFER_C), finished(OFFER_C, 5L));
        }

        @Test
        void endsWhatWasForced() {
            fixture.given(new ForceSet(ROBOT, true), offered(OFFER_C), failed(OFFER_C, 5L))
                    .when(new Force(ROBOT, false))
                    .expectNoEvents();
        }

        @Test
        void ofSoftwareThatWasNeverOfferedIsPassedOver() {
            fixture.given(offered(OFFER_C))
                    .when(succeeded(A, due(OFFER_C)))
                    .expectEvents(logged(A, Execution.CLOSED, Finished.SUCCESS))
                    .expectResultMessagePayload(passedOver(null));
        }

        @Test
        void ofWhatWasReadBeforeTheTargetChangedCounts() {
            fixture.given(offered(OFFER_A), started(OFFER_A), offered(OFFER_C))
                    .when(succeeded(A, due(OFFER_C)))
                    .expectEvents(finished(OFFER_A, null));
            fixture.given(offered(OFFER_A), started(OFFER_A), offered(OFFER_C), finished(OFFER_A, null))
                    .when(succeeded(C, due(OFFER_C)))
                    .expectEvents(finished(OFFER_C, 5L));
        }
    }
}
