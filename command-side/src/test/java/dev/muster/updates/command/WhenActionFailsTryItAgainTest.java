package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.testing.HandClock;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.ActionCommand.GiveUpRetry;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Retry;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhenActionFailsTryItAgainTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");
    private static final RolloutId ROLLOUT = new RolloutId(new UUID(1, 2));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final Retry TWICE = new Retry(2, Duration.ofMinutes(10), 2);
    private static final String OWNER = "action-retry";
    private static final String KEY = "robot-1/7";
    private static final String TIMER = OWNER + "|" + KEY;

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final HandTimers timers = new HandTimers();
    private final HandClock clock = HandClock.at("2026-11-20T12:00:00Z");
    private final MemoryLog log = new MemoryLog();
    private final Instant later = clock.instant().plus(Duration.ofMinutes(10));
    private boolean valid = true;

    private final WhenActionFailsTryItAgain policy = new WhenActionFailsTryItAgain(
            timers,
            commands,
            log,
            new RolloutRolls(log),
            fleet,
            new Shelf(),
            new ReleaseOffers(commands, new CountedNumbers(), new FixedSettings(false, false)),
            clock);

    @BeforeEach
    void aDeviceThatFailed() {
        fleet.recipients.put(ROBOT, new Recipient(ROBOT, new Hardware("board", "1.0"), null));
        RolloutPolicy care = new RolloutPolicy(false, null, TWICE, Duration.ofMinutes(5), null, null, null);
        RolloutPlan plan = new RolloutPlan(
                "winter",
                OS,
                "id==*",
                List.of(new Group("all", 100, 80, 20, null, null)),
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                null,
                Duration.ofHours(1),
                care);
        log.record("rollout/" + ROLLOUT, new RolloutCreated(ROLLOUT, plan, null));
        log.record("rollout/" + ROLLOUT, new MembersPlanned(ROLLOUT, 0, 0, List.of(ROBOT)));
        log.record("rollout/" + ROLLOUT, new RolloutReady(ROLLOUT, List.of(1), 0));
        log.record("rollout/" + ROLLOUT, new RolloutStarted(ROLLOUT));
        log.record("rollout/" + ROLLOUT, new GroupStarted(ROLLOUT, 0));
        log.record(
                "updates/" + ROBOT,
                new ActionAssigned(
                        ROBOT,
                        7,
                        OS,
                        false,
                        ActionType.FORCED,
                        null,
                        null,
                        null,
                        false,
                        null,
                        ROLLOUT,
                        0,
                        new Tries(1, TWICE),
                        null,
                        null,
                        null));
        policy.react(List.of(log.record(
                "updates/" + ROBOT,
                new ActionFailed(ROBOT, 7, OS, false, null, List.of(), null, ROLLOUT, 0, later, null))));
        commands.answer = command -> CompletableFuture.completedFuture(
                command instanceof AssignRelease assign ? new Assigned(assign.action(), true) : null);
    }

    @Test
    void aTimerIsSetForTheNextTryAndNoneForTheLast() {
        assertThat(timers.set).containsOnlyKeys(TIMER).containsValue(later);
        policy.react(List.of(log.record(
                "updates/" + ROBOT,
                new ActionFailed(ROBOT, 8, OS, false, null, List.of(), null, ROLLOUT, 0, null, null))));
        assertThat(timers.set).hasSize(1);
    }

    @Test
    void theReleaseIsGivenAgainOnTheSameTerms() {
        timers.ends(TIMER);
        assertThat(commands.of(AssignRelease.class)).singleElement().satisfies(it -> {
            assertThat(it.tries()).isEqualTo(new Tries(2, TWICE));
            assertThat(it.rollout()).isEqualTo(ROLLOUT);
            assertThat(it.group()).isZero();
            assertThat(it.release()).isEqualTo(OS);
            assertThat(it.timeout()).isEqualTo(Duration.ofHours(1));
            assertThat(it.healthyWithin()).isEqualTo(Duration.ofMinutes(5));
            assertThat(it.standing()).isFalse();
        });
        assertThat(commands.of(GiveUpRetry.class)).isEmpty();
        assertThat(timers.set).isEmpty();
    }

    @Test
    void whileTheRolloutIsPausedItWaits() {
        log.record("rollout/" + ROLLOUT, new RolloutPaused(ROLLOUT, PauseCause.OPERATOR));
        timers.ends(TIMER);
        assertThat(commands.all).isEmpty();
        assertThat(timers.set)
                .containsEntry(TIMER, clock.instant().plus(WhenActionFailsTryItAgain.PAUSE_LOOKED_AT_EVERY));
        log.record("rollout/" + ROLLOUT, new RolloutResumed(ROLLOUT));
        timers.ends(TIMER);
        assertThat(commands.of(AssignRelease.class)).hasSize(1);
    }

    /** The bad release's last step, asking devices to stop, may have gone over this device already. */
    @Test
    void whatIsGivenInTheMomentOfTheEndIsTakenBack() {
        commands.answer = command -> {
            if (command instanceof AssignRelease assign) {
                log.record("rollout/" + ROLLOUT, new RolloutAborted(ROLLOUT, StopCause.RELEASE_INVALIDATED));
                return CompletableFuture.completedFuture(new Assigned(assign.action(), true));
            }
            return CompletableFuture.completedFuture(null);
        };
        timers.ends(TIMER);
        assertThat(commands.all).hasSize(2).last().isEqualTo(new CancelForRollout(ROBOT, ROLLOUT));
        assertThat(timers.set).isEmpty();
    }

    @Test
    void whatCannotBeTriedIsGivenUp() {
        commands.answer = command -> command instanceof AssignRelease
                ? CompletableFuture.failedFuture(UpdatesRefusal.DEVICE_HELD_BACK.because("held"))
                : CompletableFuture.completedFuture(null);
        timers.ends(TIMER);
        assertThat(commands.of(GiveUpRetry.class)).containsExactly(new GiveUpRetry(ROBOT, 7));
    }

    @Test
    void afterSomethingElseItIsGivenUp() {
        commands.answer = command ->
                CompletableFuture.completedFuture(command instanceof AssignRelease ? new Assigned(9, false) : null);
        timers.ends(TIMER);
        assertThat(commands.of(GiveUpRetry.class)).containsExactly(new GiveUpRetry(ROBOT, 7));
    }

    @Test
    void anEndedRolloutABadReleaseAndAGoneDeviceGiveItUpWithoutAsking() {
        valid = false;
        timers.ends(TIMER);
        assertThat(commands.all).containsExactly(new GiveUpRetry(ROBOT, 7));
        valid = true;
        fleet.recipients.clear();
        timers.set(OWNER, KEY, later, new byte[0]);
        timers.ends(TIMER);
        assertThat(commands.all).hasSize(2);
        fleet.recipients.put(ROBOT, new Recipient(ROBOT, new Hardware("board", "1.0"), null));
        log.record("rollout/" + ROLLOUT, new RolloutAborted(ROLLOUT, null));
        timers.set(OWNER, KEY, later, new byte[0]);
        timers.ends(TIMER);
        assertThat(commands.of(GiveUpRetry.class)).hasSize(3);
        assertThat(commands.of(AssignRelease.class)).isEmpty();
    }

    @Test
    void aBusyHouseIsAskedAgain() {
        commands.answer = command -> CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("busy"));
        assertThatThrownBy(() -> timers.ends(TIMER)).isInstanceOf(RuntimeException.class);
        assertThat(timers.set).hasSize(1);
        assertThat(commands.of(GiveUpRetry.class)).isEmpty();
    }

    @Test
    void whatIsGivenUpNeedsNoTimer() {
        policy.react(List.of(
                log.record("updates/" + ROBOT, new RetryGivenUp(ROBOT, 7, OS, false, null, List.of(), ROLLOUT, 0))));
        assertThat(timers.set).isEmpty();
    }

    private final class Shelf implements Catalogue {

        @Override
        public Release find(ReleaseId id) {
            return new Release(OS, List.of(), false, null, Instant.EPOCH, valid, false, 0);
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
