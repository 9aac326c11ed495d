package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;

import dev.muster.config.WishOutcomeCommand.ReportWish;
import dev.muster.config.WishOutcomeEvent.WishApplied;
import dev.muster.config.WishOutcomeEvent.WishRefused;
import dev.muster.registry.DeviceId;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** What devices say became of their wishes. */
class WishOutcomeTest {

    private static final DeviceId ROBOT = new DeviceId("robot");

    private final AggregateTestFixture<WishOutcome> fixture = new AggregateTestFixture<>(WishOutcome.class);

    @Test
    void successAndFailureAreFacts() {
        fixture.givenNoPriorActivity()
                .when(new ReportWish(ROBOT, NET, "t1", true, null))
                .expectEvents(new WishApplied(ROBOT, NET, "t1", null));
        fixture.given(new WishApplied(ROBOT, NET, "t1", null))
                .when(new ReportWish(ROBOT, NET, "t2", false, "no such interface"))
                .expectEvents(new WishRefused(ROBOT, NET, "t2", "no such interface"));
    }

    @Test
    void sayingItAgainIsSilentAndChangingOnesMindIsNot() {
        fixture.given(new WishApplied(ROBOT, NET, "t1", null))
                .when(new ReportWish(ROBOT, NET, "t1", true, null))
                .expectNoEvents();
        fixture.given(new WishRefused(ROBOT, NET, "t1", "busy"))
                .when(new ReportWish(ROBOT, NET, "t1", true, null))
                .expectEvents(new WishApplied(ROBOT, NET, "t1", null));
    }
}
