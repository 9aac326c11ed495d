package dev.muster.updates.command;

import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionCommand.ReportCancelFeedback;
import dev.muster.updates.ActionCommand.ReportFeedback;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionProgressed;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Feedback;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;

/** The stage for stories about one device's updates: given events, when a command, then events or a refusal. */
abstract class DeviceActionsStory {

    static final DeviceId ROBOT = new DeviceId("robot-1");
    static final Hardware BOARD = new Hardware("board", "1.0");
    static final ReleaseRef ONE = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    static final ReleaseRef TWO = new ReleaseRef(ReleaseId.of("os", "2"), "os", "2");
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** What is not on the shelf any more. */
    final Set<ReleaseId> invalidated = new HashSet<>();

    AggregateTestFixture<DeviceActions> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(DeviceActions.class);
        fixture.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
        fixture.registerInjectableResource(new Shelf());
    }

    static AssignRelease assign(int action, ReleaseRef release) {
        return assign(action, release, ActionType.FORCED, false, false, null);
    }

    static AssignRelease assign(
            int action, ReleaseRef release, ActionType type, boolean confirm, boolean autoClose, RolloutId rollout) {
        return assign(action, release, type, confirm, autoClose, rollout, null);
    }

    static AssignRelease assign(
            int action,
            ReleaseRef release,
            ActionType type,
            boolean confirm,
            boolean autoClose,
            RolloutId rollout,
            Instant returnedAt) {
        return new AssignRelease(
                ROBOT,
                action,
                release,
                false,
                List.of(),
                BOARD,
                returnedAt,
                type,
                null,
                null,
                null,
                confirm,
                autoClose,
                null,
                rollout,
                rollout == null ? null : 0,
                null,
                null,
                false,
                false);
    }

    static ActionAssigned assigned(int action, ReleaseRef release) {
        return assigned(action, release, ActionType.FORCED, false, false);
    }

    static ActionAssigned assigned(
            int action, ReleaseRef release, ActionType type, boolean waiting, boolean migrationStep) {
        return assigned(action, release, type, waiting, migrationStep, null, null, null, null);
    }

    /** After the device had {@code before}. */
    static ActionAssigned assigned(int action, ReleaseRef release, ReleaseRef before) {
        return assigned(action, release, ActionType.FORCED, false, false, null, null, null, before);
    }

    static ActionAssigned assigned(
            int action,
            ReleaseRef release,
            ActionType type,
            boolean waiting,
            boolean migrationStep,
            RolloutId rollout,
            Tries tries,
            Duration healthyWithin,
            ReleaseRef before) {
        return new ActionAssigned(
                ROBOT,
                action,
                release,
                migrationStep,
                type,
                null,
                null,
                null,
                waiting,
                null,
                rollout,
                rollout == null ? null : 0,
                tries,
                healthyWithin,
                before,
                null);
    }

    static Feedback says(Execution execution, Finished finished) {
        return new Feedback(execution, finished, null, null, null, List.of(), null);
    }

    static ReportFeedback feedback(int action, Execution execution, Finished finished) {
        return new ReportFeedback(ROBOT, action, says(execution, finished));
    }

    static ReportCancelFeedback cancelFeedback(int action, Execution execution, Finished finished) {
        return new ReportCancelFeedback(ROBOT, action, says(execution, finished));
    }

    static ActionFinished finished(int action, ReleaseRef release) {
        return new ActionFinished(ROBOT, action, release, null, List.of(), null, null, null, null);
    }

    static ActionFailed failed(int action, ReleaseRef release) {
        return new ActionFailed(ROBOT, action, release, false, null, List.of(), null, null, null, null, null);
    }

    /** Ended without the device. */
    static ActionCanceled withdrawn(int action, ReleaseRef release) {
        return new ActionCanceled(
                ROBOT,
                action,
                release,
                true,
                null,
                List.of("Update Server: The action was ended without the device."),
                null,
                null,
                null);
    }

    static ActionProgressed progressed(int action, ActionStatus status) {
        return new ActionProgressed(ROBOT, action, status, null, null, null, List.of(), null);
    }

    static ActionCancelRequested canceling(int action) {
        return new ActionCancelRequested(ROBOT, action, CancelCause.OPERATOR);
    }

    static void refused(ResultValidator<?> result, RefusalCode code) {
        result.expectNoEvents();
        result.expectException(new org.hamcrest.CustomMatcher<Throwable>("refusal " + code.code()) {
            @Override
            public boolean matches(Object thrown) {
                return Refused.in((Throwable) thrown)
                        .filter(refusal -> refusal.code().equals(code.code()))
                        .isPresent();
            }
        });
    }

    private final class Shelf implements Catalogue {

        @Override
        public Release find(ReleaseId id) {
            ReleaseRef ref = id.equals(ONE.id()) ? ONE : TWO;
            return new Release(ref, List.of(), false, null, NOW, !invalidated.contains(id), false, 0);
        }

        @Override
        public Collection<Release> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Release latest(String name, Hardware hardware) {
            throw new UnsupportedOperationException();
        }
    }
}
