package dev.muster.updates.modes.command;

import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.FollowingCommand.Heard;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.FollowingCommand.ReportFollowing;
import dev.muster.updates.modes.FollowingCommand.Standing;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.SoftwareOffered;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;

/** The stage for stories about one device's update mode: given events, when a command, then events or a refusal. */
abstract class FollowingStory {

    static final DeviceId ROBOT = new DeviceId("robot-1");
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** Numbers of software. */
    static final long A = 12;

    static final long C = 16;
    static final ReleaseRef RELEASE_A = new ReleaseRef(ReleaseId.of("os", "1.0.0-beta2"), "os", "1.0.0-beta2");
    static final ReleaseRef RELEASE_C = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    static final Offer OFFER_A = new Offer(A, RELEASE_A, "1.0.0-beta2", 4L);
    static final Offer OFFER_C = new Offer(C, RELEASE_C, "1", 5L);

    static final Standing NOTHING = new Standing(null, false, true);

    AggregateTestFixture<DeviceFollowing> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(DeviceFollowing.class);
        fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static Standing due(Offer offer) {
        return new Standing(offer, true, true);
    }

    static Standing selected(Offer offer) {
        return new Standing(offer, false, true);
    }

    static ReportFollowing says(long software, Execution execution, Finished finished, Standing standing) {
        return new ReportFollowing(ROBOT, software, execution, finished, null, standing);
    }

    static ReportFollowing proceeding(long software, Standing standing, String... details) {
        return new ReportFollowing(ROBOT, software, Execution.PROCEEDING, Finished.NONE, List.of(details), standing);
    }

    static ReportFollowing succeeded(long software, Standing standing) {
        return says(software, Execution.CLOSED, Finished.SUCCESS, standing);
    }

    static ReportFollowing failedNow(long software, Standing standing) {
        return says(software, Execution.CLOSED, Finished.FAILURE, standing);
    }

    static SoftwareOffered offered(Offer offer) {
        return new SoftwareOffered(ROBOT, offer.software(), offer.release(), offer.version(), offer.rollout());
    }

    static FollowingStarted started(Offer offer) {
        return new FollowingStarted(ROBOT, offer.software(), offer.release(), offer.version(), null);
    }

    static FollowingFinished finished(Offer offer, Long rollout) {
        return new FollowingFinished(ROBOT, offer.software(), offer.version(), rollout, null);
    }

    static FollowingFailed failed(Offer offer, Long rollout) {
        return new FollowingFailed(ROBOT, offer.software(), rollout, false, null);
    }

    static FollowingReported logged(long software, Execution execution, Finished finished) {
        return new FollowingReported(ROBOT, software, execution, finished, null);
    }

    static Heard counted(FollowState state) {
        return new Heard(true, state);
    }

    static Heard passedOver(FollowState state) {
        return new Heard(false, state);
    }

    static void refused(ResultValidator<?> result, RefusalCode code) {
        result.expectNoEvents();
        result.expectException(new org.hamcrest.CustomMatcher<Throwable>("refusal " + code.code()) {
            @Override
            public boolean matches(Object thrown) {
                return Refused.is((Throwable) thrown, code);
            }
        });
    }
}
