package dev.muster.updates.modes.command;

import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingCommand.ExpireRunning;
import dev.muster.updates.modes.FollowingCommand.ForgetFollowing;
import dev.muster.updates.modes.FollowingCommand.ReportVersion;
import dev.muster.updates.modes.FollowingCommand.SetFeed;
import dev.muster.updates.modes.FollowingEvent.FeedSet;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingForgotten;
import dev.muster.updates.modes.FollowingEvent.SoftwareVersionReported;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FollowingInTimeTest extends FollowingStory {

    private static final FollowingFailed SILENT =
            new FollowingFailed(ROBOT, C, null, true, List.of(FollowingDecision.SILENT));

    /** All of it happened at this moment. */
    private TestExecutor<DeviceFollowing> at(Instant moment, Object... events) {
        return fixture.givenCurrentTime(moment).andGiven(events);
    }

    @Nested
    class Versions {

        private final Instant confirmed = NOW.minus(Duration.ofSeconds(30));

        @Test
        void whatTheDeviceSaysIsNotedOnce() {
            fixture.givenNoPriorActivity()
                    .when(new ReportVersion(ROBOT, "8.8.1"))
                    .expectEvents(new SoftwareVersionReported(ROBOT, "8.8.1"));
            fixture.given(new SoftwareVersionReported(ROBOT, "8.8.1"))
                    .when(new ReportVersion(ROBOT, "8.8.1"))
                    .expectNoEvents();
            fixture.given(new SoftwareVersionReported(ROBOT, "8.8.1"))
                    .when(new ReportVersion(ROBOT, null))
                    .expectEvents(new SoftwareVersionReported(ROBOT, null));
        }

        @Test
        void rightAfterSuccessAnotherVersionIsOldNews() {
            at(confirmed, offered(OFFER_C), finished(OFFER_C, null))
                    .when(new ReportVersion(ROBOT, "8.8.1"))
                    .expectNoEvents();
        }

        @Test
        void laterItIsNot() {
            at(NOW.minus(FollowingCommand.CONFIRMED_FOR), offered(OFFER_C), finished(OFFER_C, null))
                    .when(new ReportVersion(ROBOT, "8.8.1"))
                    .expectEvents(new SoftwareVersionReported(ROBOT, "8.8.1"));
        }

        @Test
        void whatItSaidItselfMayChangeAtOnce() {
            at(confirmed, new SoftwareVersionReported(ROBOT, "8.8.1"))
                    .when(new ReportVersion(ROBOT, "8.8.2"))
                    .expectEvents(new SoftwareVersionReported(ROBOT, "8.8.2"));
        }
    }

    @Nested
    class Silence {

        @Test
        void endsARunningUpdateAsAFailureThatNobodyCounts() {
            at(NOW, offered(OFFER_C), started(OFFER_C))
                    .when(new ExpireRunning(ROBOT, NOW))
                    .expectEvents(SILENT);
        }

        @Test
        void isNoneWhenTheDeviceWasHeardSince() {
            at(NOW, offered(OFFER_C), started(OFFER_C))
                    .when(new ExpireRunning(ROBOT, NOW.minusMillis(1)))
                    .expectNoEvents();
            at(NOW.minusSeconds(60), started(OFFER_C))
                    .andGivenCurrentTime(NOW)
                    .andGiven(logged(C, Execution.PROCEEDING, Finished.NONE))
                    .when(new ExpireRunning(ROBOT, NOW.minusSeconds(60)))
                    .expectNoEvents();
        }

        @Test
        void isNothingWhenNothingRuns() {
            at(NOW, offered(OFFER_C), started(OFFER_C), finished(OFFER_C, 5L))
                    .when(new ExpireRunning(ROBOT, NOW))
                    .expectNoEvents();
            fixture.givenNoPriorActivity().when(new ExpireRunning(ROBOT, NOW)).expectNoEvents();
        }

        @Test
        void leavesTheDevicesLateWordItsWeight() {
            fixture.given(offered(OFFER_C), started(OFFER_C), SILENT)
                    .when(succeeded(C, selected(OFFER_C)))
                    .expectEvents(finished(OFFER_C, 5L));
            fixture.given(offered(OFFER_C), started(OFFER_C), SILENT)
                    .when(says(C, Execution.PROCEEDING, Finished.NONE, selected(OFFER_C)))
                    .expectEvents(started(OFFER_C));
        }
    }

    @Nested
    class Leaving {

        @Test
        void beginsAnew() {
            fixture.given(new FeedSet(ROBOT, "qa"), started(OFFER_C))
                    .when(new ForgetFollowing(ROBOT, null))
                    .expectEvents(new FollowingForgotten(ROBOT));
            fixture.given(new FeedSet(ROBOT, "qa"), new FollowingForgotten(ROBOT))
                    .when(new SetFeed(ROBOT, "default"))
                    .expectNoEvents();
            fixture.given(offered(OFFER_C), new FollowingForgotten(ROBOT))
                    .when(succeeded(C, NOTHING))
                    .expectEvents(logged(C, Execution.CLOSED, Finished.SUCCESS));
        }

        @Test
        void isNothingWhenThereIsNothingToForget() {
            fixture.givenNoPriorActivity()
                    .when(new ForgetFollowing(ROBOT, null))
                    .expectNoEvents();
            fixture.given(new FeedSet(ROBOT, "qa"), new FollowingForgotten(ROBOT))
                    .when(new ForgetFollowing(ROBOT, null))
                    .expectNoEvents();
        }

        @Test
        void leavesWhatWasToldSinceItIsBack() {
            at(NOW, new FeedSet(ROBOT, "qa"))
                    .when(new ForgetFollowing(ROBOT, NOW))
                    .expectNoEvents();
            at(NOW.minusSeconds(1), new FeedSet(ROBOT, "qa"))
                    .when(new ForgetFollowing(ROBOT, NOW))
                    .expectEvents(new FollowingForgotten(ROBOT));
        }
    }
}
