package dev.muster.updates.modes.query;

import static dev.muster.updates.modes.query.ModesWorld.ROBOT;
import static dev.muster.updates.modes.query.ModesWorld.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionCommand.CancelCause;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCancelRequested;
import dev.muster.updates.ActionEvent.ActionConfirmed;
import dev.muster.updates.ActionEvent.ActionDenied;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionType;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingEvent.FeedSet;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingForgotten;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.ForceSet;
import dev.muster.updates.modes.FollowingEvent.ModeChosen;
import dev.muster.updates.modes.FollowingEvent.SoftwareOffered;
import dev.muster.updates.modes.FollowingEvent.SoftwareVersionReported;
import dev.muster.updates.modes.Followings;
import dev.muster.updates.modes.Followings.NativeOffer;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.UpdateMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FollowingIndexTest {

    private static final ReleaseRef RELEASE = release("os", "1");
    private static final DeviceId OTHER = new DeviceId("robot-2");

    private final ModesWorld world = new ModesWorld();

    @BeforeEach
    void aDevice() {
        world.registered(ROBOT);
    }

    private static FollowingStarted started(DeviceId device, String... messages) {
        return new FollowingStarted(device, 16, RELEASE, "1", List.of(messages));
    }

    private static FollowingReported reported(String... messages) {
        return new FollowingReported(
                ROBOT, 16, Execution.PROCEEDING, Finished.NONE, messages == null ? null : Arrays.asList(messages));
    }

    private static FollowingFinished finished(DeviceId device, String version, String... messages) {
        return new FollowingFinished(device, 16, version, null, List.of(messages));
    }

    private static FollowingFailed failed(boolean timedOut) {
        return new FollowingFailed(ROBOT, 16, null, timedOut, List.of("no space left"));
    }

    @Test
    void aNewDeviceFollowsTheDefaultFeed() {
        assertThat(world.robot())
                .isEqualTo(new Following(
                        ROBOT,
                        UpdateMode.ROLLOUT,
                        "default",
                        null,
                        false,
                        FollowState.UNKNOWN,
                        false,
                        null,
                        null,
                        Software.UNNAMED,
                        0,
                        null));
        assertThat(world.followings.log(ROBOT)).isNull();
        assertThat(world.followings.find(OTHER)).isNull();
    }

    @Test
    void whatPeopleChooseIsSeen() {
        world.happens(new ModeChosen(ROBOT, UpdateMode.ASSIGNED, null, 12L)).happens(new ForceSet(ROBOT, true));
        assertThat(world.robot().mode()).isEqualTo(UpdateMode.ASSIGNED);
        assertThat(world.robot().assigned()).isEqualTo(12L);
        assertThat(world.robot().feed()).isNull();
        assertThat(world.robot().force()).isTrue();

        world.happens(new FeedSet(ROBOT, "qa")).happens(new ForceSet(ROBOT, false));
        assertThat(world.robot().feed()).isEqualTo("qa");
        assertThat(world.robot().force()).isFalse();
    }

    @Nested
    class States {

        @Test
        void anUpdateRunsItsCourse() {
            world.reports(ROBOT, Map.of());
            assertThat(world.robot().state()).isEqualTo(FollowState.REGISTERED);

            world.happens(new SoftwareOffered(ROBOT, 16, RELEASE, "1", 4L));
            assertThat(world.robot().offered()).isEqualTo(16);
            assertThat(world.robot().state()).isEqualTo(FollowState.REGISTERED);

            world.happens(started(ROBOT));
            assertThat(world.robot().state()).isEqualTo(FollowState.RUNNING);
            assertThat(world.robot().progress()).isZero();

            world.reports(ROBOT, Map.of("hw_boardname", "board"));
            assertThat(world.robot().state()).isEqualTo(FollowState.RUNNING);

            world.happens(finished(ROBOT, "1"));
            assertThat(world.robot().state()).isEqualTo(FollowState.FINISHED);
            assertThat(world.robot().version()).isEqualTo("1");
            assertThat(world.robot().progress()).isEqualTo(100);
            assertThat(world.robot().offered()).isZero();
        }

        @Test
        void anyEndEndsWhatWasForced() {
            world.happens(new ForceSet(ROBOT, true)).happens(failed(false));
            assertThat(world.robot().force()).isFalse();
            assertThat(world.robot().state()).isEqualTo(FollowState.ERROR);
            assertThat(world.robot().stopped()).isTrue();
        }

        @Test
        void aSilentDeviceIsNotStopped() {
            world.happens(started(ROBOT)).happens(failed(true));
            assertThat(world.robot().state()).isEqualTo(FollowState.ERROR);
            assertThat(world.robot().silent()).isTrue();
            assertThat(world.robot().stopped()).isFalse();
            assertThat(world.robot().offered()).isEqualTo(16);

            world.happens(started(ROBOT));
            assertThat(world.robot().silent()).isFalse();
        }

        @Test
        void thoseAtWorkAreCounted() {
            world.registered(OTHER).happens(started(ROBOT)).happens(started(OTHER));
            assertThat(world.followings.running()).isEqualTo(2);

            world.happens(started(ROBOT));
            assertThat(world.followings.running()).isEqualTo(2);

            world.happens(finished(ROBOT, "1"));
            assertThat(world.followings.running()).isEqualTo(1);

            world.leaves(OTHER);
            assertThat(world.followings.running()).isZero();
        }

        @Test
        void whoComesBackBeginsAnew() {
            world.reports(ROBOT, Map.of("sw_version", "8"))
                    .happens(new ModeChosen(ROBOT, UpdateMode.PINNED, null, null))
                    .happens(started(ROBOT))
                    .leaves(ROBOT);
            assertThat(world.followings.find(ROBOT)).isNull();
            assertThat(world.followings.running()).isZero();

            world.registered(ROBOT);
            assertThat(world.robot().mode()).isEqualTo(UpdateMode.ROLLOUT);
            assertThat(world.robot().state()).isEqualTo(FollowState.UNKNOWN);
            assertThat(world.robot().version()).isNull();

            world.reports(ROBOT, Map.of("sw_version", "9")).happens(new FollowingForgotten(ROBOT));
            assertThat(world.robot().state()).isEqualTo(FollowState.REGISTERED);
            assertThat(world.robot().version()).isEqualTo("9");
        }
    }

    @Nested
    class WhatItIsAndHas {

        private final Instant confirmed = MemoryLog.START.plusSeconds(1000);

        private void reportsAt(Instant at, String version) {
            world.happensAt(at, "device/" + ROBOT, new AttributesReported(ROBOT, Map.of("sw_version", version)));
        }

        private void finishesAt(Instant at, String version) {
            world.happensAt(at, "following/" + ROBOT, finished(ROBOT, version));
        }

        @Test
        void isWhatItsAttributesSay() {
            world.reports(ROBOT, Map.of("hw_boardname", "board", "hw_revision", "1.0", "sw_version", "8.8.1"));
            assertThat(world.robot().hardware()).isEqualTo(new Hardware("board", "1.0"));
            assertThat(world.robot().version()).isEqualTo("8.8.1");

            world.reports(ROBOT, Map.of("hw_boardname", "", "sw_version", "8.8.1"));
            assertThat(world.robot().hardware()).isEqualTo(Software.UNNAMED);

            world.reports(ROBOT, Map.of("hw_revision", "2"));
            assertThat(world.robot().version()).as("what is not said stays").isEqualTo("8.8.1");
        }

        @Test
        void laterWordWins() {
            reportsAt(confirmed.minusSeconds(100), "8");
            finishesAt(confirmed, "9");
            assertThat(world.robot().version()).isEqualTo("9");

            reportsAt(confirmed.plusSeconds(60), "10");
            assertThat(world.robot().version()).isEqualTo("10");
        }

        @Test
        void anOldAttributeIsNoNews() {
            reportsAt(confirmed.minusSeconds(100), "8");
            finishesAt(confirmed, "9");
            reportsAt(confirmed.plusSeconds(3600), "8");
            assertThat(world.robot().version()).isEqualTo("9");
        }

        @Test
        void rightAfterSuccessAnotherVersionIsOldNews() {
            finishesAt(confirmed, "9");
            reportsAt(confirmed.plusSeconds(59), "8");
            assertThat(world.robot().version()).isEqualTo("9");

            world.happens(new SoftwareVersionReported(ROBOT, "8"));
            assertThat(world.robot().version()).as("the device insists").isEqualTo("8");
            world.happens(new SoftwareVersionReported(ROBOT, null));
            assertThat(world.robot().version()).isNull();
        }

        @Test
        void anEndWithoutVersionLeavesIt() {
            world.reports(ROBOT, Map.of("sw_version", "8")).happens(finished(ROBOT, null));
            assertThat(world.robot().version()).isEqualTo("8");
            assertThat(world.robot().state()).isEqualTo(FollowState.FINISHED);
        }
    }

    @Nested
    class Log {

        private String log() {
            return world.followings.log(ROBOT);
        }

        @Test
        void growsLineByLineAndBeginsAnewWithTheNextUpdate() {
            world.happens(started(ROBOT, "Downloaded 7%"));
            assertThat(log()).isEqualTo("Downloaded 7%\n");
            assertThat(world.robot().progress()).isEqualTo(7);

            world.happens(reported("Installing", "1 of 2"));
            assertThat(log()).isEqualTo("Downloaded 7%\nInstalling\n1 of 2\n");
            assertThat(world.robot().progress()).isEqualTo(7);

            world.happens(finished(ROBOT, "1", ""));
            assertThat(log()).isEqualTo("Downloaded 7%\nInstalling\n1 of 2\n\n");
            assertThat(world.robot().progress()).isEqualTo(100);

            world.happens(started(ROBOT, "Downloaded 1%"));
            assertThat(log()).isEqualTo("Downloaded 1%\n");
            assertThat(world.robot().progress()).isEqualTo(1);
        }

        @Test
        void nothingSaidIsNotAnEmptyLine() {
            world.happens(new FollowingStarted(ROBOT, 16, RELEASE, "1", null));
            assertThat(log()).isEmpty();
            world.happens(reported((String[]) null));
            assertThat(log()).isEmpty();
            world.happens(reported());
            assertThat(log()).isEqualTo("\n");
        }

        @Test
        void isThereWithoutAnUpdate() {
            world.happens(reported("what is this?"));
            assertThat(log()).isEqualTo("what is this?\n");
            assertThat(world.robot().state()).isEqualTo(FollowState.UNKNOWN);
        }

        @Test
        void isBounded() {
            String line = "ü".repeat(2000);
            world.happens(started(ROBOT, "the first line"));
            int lines = 3 * Followings.LOG_BYTES_MAX / 4001;
            for (int i = 0; i < lines; i++) {
                world.happens(reported(line));
            }
            world.happens(reported("the last line"));

            assertThat(log()).endsWith("the last line\n").doesNotContain("the first line");
            assertThat(log().getBytes(StandardCharsets.UTF_8).length)
                    .isBetween(Followings.LOG_BYTES_MAX - 5000, Followings.LOG_BYTES_MAX);
        }

        @Test
        void isForgottenWithTheRest() {
            world.happens(started(ROBOT, "a")).happens(new FollowingForgotten(ROBOT));
            assertThat(log()).isNull();
        }
    }

    @Nested
    class Actions {

        private ActionAssigned assigned(int action, Integer weight, boolean waiting) {
            return new ActionAssigned(
                    ROBOT,
                    action,
                    RELEASE,
                    false,
                    ActionType.FORCED,
                    null,
                    weight,
                    null,
                    waiting,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        private NativeOffer offer(int action, boolean waiting, boolean canceling) {
            return new NativeOffer(action, RELEASE, ActionType.FORCED, null, waiting, canceling);
        }

        private void happens(Object event) {
            world.happens("updates/" + ROBOT, event);
        }

        @Test
        void theHeaviestIsFirstThenTheOldest() {
            happens(assigned(1, 5, false));
            happens(assigned(2, 900, true));
            happens(assigned(3, 900, false));
            assertThat(world.followings.actions(ROBOT))
                    .containsExactly(offer(2, true, false), offer(3, false, false), offer(1, false, false));

            happens(new ActionConfirmed(ROBOT, 2, null, List.of(), false));
            happens(new ActionCancelRequested(ROBOT, 3, CancelCause.OPERATOR));
            assertThat(world.followings.actions(ROBOT))
                    .containsExactly(offer(2, false, false), offer(3, false, true), offer(1, false, false));
        }

        @Test
        void consentThatIsTakenBackIsAwaitedAgain() {
            happens(assigned(1, null, true));
            happens(new ActionConfirmed(ROBOT, 1, null, List.of(), false));
            happens(new ActionDenied(ROBOT, 1, null, List.of()));
            assertThat(world.followings.actions(ROBOT)).containsExactly(offer(1, true, false));
        }

        @Test
        void whatIsInstalledIsNotOfferedAgainWhileItsHealthIsAwaited() {
            happens(assigned(1, null, false));
            happens(new ActionInstalled(
                    ROBOT, 1, RELEASE, null, List.of(), null, MemoryLog.START.plusSeconds(600), null, null));
            assertThat(world.followings.actions(ROBOT)).isEmpty();

            happens(assigned(2, null, false));
            happens(new ActionFinished(ROBOT, 1, RELEASE, null, List.of(), null, null, null, true));
            assertThat(world.followings.actions(ROBOT)).containsExactly(offer(2, false, false));
        }

        @Test
        void whatEndedIsGone() {
            happens(assigned(1, null, false));
            happens(new ActionFinished(ROBOT, 1, RELEASE, null, List.of(), null, null, null, null));
            assertThat(world.followings.actions(ROBOT)).isEmpty();

            happens(assigned(2, null, false));
            world.leaves(ROBOT).registered(ROBOT);
            assertThat(world.followings.actions(ROBOT)).isEmpty();
        }
    }
}
