package dev.muster.updates.modes.command;

import dev.muster.kernel.Refused;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.modes.FeedRolloutCommand.CreateFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.DeleteFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.PauseFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.ResumeFeedRollout;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutCreated;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutDeleted;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutPaused;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutResumed;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.Test;

class FeedRolloutTest {

    private static final ReleaseRef RELEASE = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final CreateFeedRollout CREATE = new CreateFeedRollout(4, "", "qa", 16, RELEASE);
    private static final FeedRolloutCreated CREATED = new FeedRolloutCreated(4, "", "qa", 16, RELEASE);
    private static final FeedRolloutPaused PAUSED = new FeedRolloutPaused(4);

    private final AggregateTestFixture<FeedRollout> fixture = new AggregateTestFixture<>(FeedRollout.class);

    @Test
    void itIsCreatedOnce() {
        fixture.givenNoPriorActivity().when(CREATE).expectEvents(CREATED).expectResultMessagePayload(true);
        fixture.given(CREATED).when(CREATE).expectNoEvents().expectResultMessagePayload(false);
    }

    @Test
    void aNumberIsNeverGivenTwice() {
        refused(
                fixture.given(CREATED).when(new CreateFeedRollout(4, "other", "qa", 16, RELEASE)),
                UpdatesRefusal.FEED_ROLLOUT_EXISTS);
        refused(fixture.given(CREATED, new FeedRolloutDeleted(4)).when(CREATE), UpdatesRefusal.FEED_ROLLOUT_EXISTS);
    }

    @Test
    void namesAndFeedsAreShort() {
        String endless = "x".repeat(256);
        refused(
                fixture.givenNoPriorActivity().when(new CreateFeedRollout(4, endless, "qa", 16, RELEASE)),
                UpdatesRefusal.FEED_TEXT_INVALID);
        refused(
                fixture.givenNoPriorActivity().when(new CreateFeedRollout(4, "", endless, 16, RELEASE)),
                UpdatesRefusal.FEED_TEXT_INVALID);
    }

    @Test
    void itPausesAndGoesOn() {
        fixture.given(CREATED).when(new PauseFeedRollout(4)).expectEvents(PAUSED);
        fixture.given(CREATED, PAUSED).when(new PauseFeedRollout(4)).expectNoEvents();
        fixture.given(CREATED, PAUSED).when(new ResumeFeedRollout(4)).expectEvents(new FeedRolloutResumed(4));
        fixture.given(CREATED).when(new ResumeFeedRollout(4)).expectNoEvents();
    }

    @Test
    void itIsDeletedOnceAndForAll() {
        fixture.given(CREATED).when(new DeleteFeedRollout(4)).expectEvents(new FeedRolloutDeleted(4));
        refused(
                fixture.given(CREATED, new FeedRolloutDeleted(4)).when(new DeleteFeedRollout(4)),
                UpdatesRefusal.FEED_ROLLOUT_UNKNOWN);
        refused(
                fixture.given(CREATED, new FeedRolloutDeleted(4)).when(new PauseFeedRollout(4)),
                UpdatesRefusal.FEED_ROLLOUT_UNKNOWN);
    }

    @Test
    void whatIsNotThereIsRefused() {
        refused(fixture.givenNoPriorActivity().when(new ResumeFeedRollout(4)), UpdatesRefusal.FEED_ROLLOUT_UNKNOWN);
    }

    private static void refused(ResultValidator<?> result, UpdatesRefusal code) {
        result.expectNoEvents();
        result.expectException(new org.hamcrest.CustomMatcher<Throwable>("refusal " + code.code()) {
            @Override
            public boolean matches(Object thrown) {
                return Refused.is((Throwable) thrown, code);
            }
        });
    }
}
