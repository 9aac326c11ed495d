package dev.muster.updates.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.testing.Changed;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.Hardware;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseEvent.ReleaseDeleted;
import dev.muster.updates.ReleaseEvent.ReleaseInvalidated;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.modes.FeedRolloutEvent;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutCreated;
import dev.muster.updates.modes.FeedRolloutEvent.FeedRolloutPaused;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.ForceSet;
import dev.muster.updates.modes.FollowingEvent.ModeChosen;
import dev.muster.updates.modes.FollowingEvent.SoftwareVersionReported;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.UpdateMode;
import dev.muster.updates.query.WhyAnswer.Outcome;
import dev.muster.updates.query.WhyAnswer.Rule;
import dev.muster.updates.query.WhyAnswer.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A robot of board "gateway", revision 1, and what is said of its mode. */
class WhyModesTest {

    private static final DeviceId ROBOT = new DeviceId("robot");
    private static final Hardware GATEWAY = new Hardware("gateway", "1");
    private static final Hardware OTHER = new Hardware("gateway", "2");
    private static final ReleaseRef OS_3 = TestFleet.release("os", "3.0");

    /** Devices may come with the gateway's token, so that nothing but the mode is in the way. */
    private static final UpdateSettings SETTINGS =
            Changed.copy(UpdateSettings.DEFAULTS, "gatewayTokenDigest", "secret-digest");

    private final TestWindows windows = new TestWindows();
    private final TestFleet fleet = new TestFleet().registered("robot");
    private int runningMax = 10;

    @BeforeEach
    void itSaysWhatItIs() {
        fleet.heartbeats.heard(ROBOT, fleet.clock.instant());
        fleet.reports("robot", Map.of("hw_boardname", "gateway", "hw_revision", "1"));
    }

    private void shelved(long number, ReleaseRef release, Hardware... fits) {
        released(number, release, 1, fits);
    }

    private void released(long number, ReleaseRef release, int files, Hardware... fits) {
        List<Artifact> artifacts = IntStream.range(0, files)
                .mapToObj(each -> new Artifact(
                        each + ".swu", "0".repeat(64), "0".repeat(40), "0".repeat(32), 12, MemoryLog.START, null))
                .toList();
        fleet.released(
                release,
                List.of(new SoftwareModule(
                        number, "os", "os", release.version(), false, artifacts, List.of(), List.of(fits))));
    }

    private void gives(long number, String feed, long software, ReleaseRef release) {
        happens(new FeedRolloutCreated(number, "spring", feed, software, release));
    }

    private void happens(FeedRolloutEvent event) {
        fleet.log.record("feed-rollout/" + event.number(), event);
    }

    private void happens(FollowingEvent event) {
        fleet.log.record("following/" + event.deviceId(), event);
    }

    private void chooses(UpdateMode mode, @Nullable String feed, @Nullable Long software) {
        happens(new ModeChosen(ROBOT, mode, feed, software));
    }

    private void has(String version) {
        happens(new SoftwareVersionReported(ROBOT, version));
    }

    private void assigned(int action, ReleaseRef release, @Nullable MaintenanceWindow window, boolean waiting) {
        fleet.happens(new ActionAssigned(
                ROBOT,
                action,
                release,
                false,
                ActionType.FORCED,
                null,
                null,
                window,
                waiting,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    }

    private WhyAnswer why(ActionView... open) {
        Selection selection = new Selection(fleet.shelf, fleet.feeds);
        Offers offers = new Offers(selection, fleet.shelf, fleet.followings, windows, runningMax);
        WhyCase.Mode mode = new ModeCases(fleet.followings, offers).of(ROBOT, fleet.clock.instant());
        return new WhyReasoning(windows)
                .answer(new WhyCase(
                        fleet.device("robot"),
                        mode,
                        List.of(open),
                        List.of(),
                        List.of(),
                        SETTINGS,
                        fleet.clock.instant()));
    }

    private List<Step> steps() {
        return why().steps().stream()
                .filter(step -> step.rule() == Rule.UPDATE_MODE)
                .toList();
    }

    private String poll(ActionView... open) {
        return why(open).steps().getLast().text();
    }

    private static void said(Step step, Outcome outcome, String... words) {
        assertThat(step.text()).contains(words);
        assertThat(step.outcome()).as(step.text()).isEqualTo(outcome);
    }

    private void alone(Outcome outcome, String... words) {
        assertThat(steps()).hasSize(1);
        said(steps().getFirst(), outcome, words);
    }

    private void picks(Outcome outcome, String... words) {
        assertThat(steps()).hasSize(2);
        said(steps().get(1), outcome, words);
    }

    private void beside(Outcome outcome, String... words) {
        assertThat(steps()).hasSize(3);
        said(steps().get(2), outcome, words);
    }

    @Test
    void itIsAskedAfterAHoldAndBeforeActions() {
        assertThat(why().steps().stream().map(Step::rule).distinct())
                .containsSubsequence(Rule.HELD_BACK, Rule.UPDATE_MODE, Rule.ACTION);
        assertThat(steps().getFirst().text()).doesNotContain("held back");

        fleet.heldBack("robot", "on loan");
        said(steps().getFirst(), Outcome.PASSES, "That it is held back does not count");
    }

    @Test
    void whoDidNotSayWhatItIsIsAskedForThatFirst() {
        shelved(1, TestFleet.OS_1);
        gives(1, "default", 1, TestFleet.OS_1);
        TestFleet fresh = new TestFleet().registered("robot");
        fresh.log.record(null, fleet.log.all().get(2).event());
        fresh.log.record(null, fleet.log.all().get(3).event());
        Selection selection = new Selection(fresh.shelf, fresh.feeds);
        Offers offers = new Offers(selection, fresh.shelf, fresh.followings, windows, runningMax);
        WhyCase.Mode mode = new ModeCases(fresh.followings, offers).of(ROBOT, fresh.clock.instant());
        WhyCase given = new WhyCase(
                fresh.device("robot"), mode, List.of(), List.of(), List.of(), SETTINGS, fresh.clock.instant());

        said(new WhyModes().steps(given).getLast(), Outcome.BLOCKS, "has not said yet what it is");
        assertThat(WhyModes.isOffered(given)).isFalse();
    }

    @Nested
    class Rollout {

        @Test
        void aFeedWithoutARolloutGivesNothing() {
            said(steps().getFirst(), Outcome.PASSES, "'rollout': it follows feed 'default'", "gooseBit's paths");
            picks(Outcome.PASSES, "feed 'default' has no rollout");
        }

        @Test
        void theNewestThatFitsIsPickedAndWhatIsNewerIsPassedOver() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            shelved(2, TestFleet.OS_2, GATEWAY);
            shelved(3, OS_3, OTHER);
            gives(1, "default", 1, TestFleet.OS_1);
            gives(2, "default", 2, TestFleet.OS_2);
            gives(3, "default", 3, OS_3);
            has("0.9");
            picks(
                    Outcome.APPLIES,
                    "It picks os 2.0 (software 2), of rollout 2 'spring': the device has 0.9.",
                    "Passed over, though newer: rollout 3 'spring' of os 3.0 does not fit board gateway, revision 1.");
            assertThat(steps().get(1).link()).isEqualTo("/releases/" + TestFleet.OS_2.id());
            assertThat(poll())
                    .startsWith("On gooseBit's paths it is offered os 2.0 (software 2), by its update mode.")
                    .contains("Over DDI v1: It is told");

            happens(new FeedRolloutPaused(2));
            picks(Outcome.APPLIES, "It picks os 1.0 (software 1)", "rollout 2 'spring' of os 2.0 is paused");
        }

        @Test
        void eachRolloutThatGivesNothingSaysWhy() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            shelved(2, TestFleet.OS_2, GATEWAY);
            gives(1, "default", 1, TestFleet.OS_1);
            gives(2, "default", 2, TestFleet.OS_2);
            happens(new FeedRolloutPaused(1));
            fleet.log.record("release/2", new ReleaseInvalidated(TestFleet.OS_2.id(), null));

            picks(
                    Outcome.BLOCKS,
                    "of feed 'default'",
                    "rollout 2 'spring' of os 2.0 was declared bad; rollout 1 'spring' of os 1.0 is paused.");
            assertThat(why().summary()).doesNotContain("On gooseBit's paths it is offered");
        }

        @Test
        void ofManyRolloutsAFewAreNamed() {
            shelved(1, TestFleet.OS_1, OTHER);
            for (int i = 1; i <= 5; i++) {
                gives(i, "default", 1, TestFleet.OS_1);
            }

            picks(Outcome.BLOCKS, "rollout 5", "rollout 3", "; and 2 more.");
        }

        @Test
        void withoutAFeedThereIsNothingToPickFrom() {
            happens(new FollowingEvent.FeedSet(ROBOT, null));

            alone(Outcome.BLOCKS, "it follows no feed");
        }

        @Test
        void anotherFeedIsNotItsOwn() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            gives(1, "live", 1, TestFleet.OS_1);
            picks(Outcome.PASSES, "feed 'default' has no rollout");

            chooses(UpdateMode.ROLLOUT, "live", null);
            picks(Outcome.APPLIES, "It picks os 1.0", "is not known");
        }
    }

    @Nested
    class Latest {

        @BeforeEach
        void chosen() {
            chooses(UpdateMode.LATEST, null, null);
        }

        @Test
        void whatWasDeclaredBadIsNothing() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            fleet.log.record("release/1", new ReleaseInvalidated(TestFleet.OS_1.id(), null));

            picks(Outcome.BLOCKS, "board gateway, revision 1, or all that does was declared bad.");
        }

        @Test
        void nothingThatFitsIsNothing() {
            shelved(3, OS_3, OTHER);

            said(steps().getFirst(), Outcome.PASSES, "'latest'");
            picks(Outcome.BLOCKS, "no software fits board gateway, revision 1");
            assertThat(why().summary()).contains("no software fits");
        }

        @Test
        void theVeryVersionThatItHasIsNotInstalledAgain() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            has("1.0");
            picks(Outcome.PASSES, "It picks os 1.0 (software 1), which is the version that the device has");
            assertThat(poll()).startsWith("It is told");

            happens(new ForceSet(ROBOT, true));
            picks(Outcome.APPLIES, "somebody forced it");
        }

        @Test
        void olderAndEqualVersionsAreGivenAllTheSame() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            has("5.0");
            picks(Outcome.APPLIES, "the device has 5.0, which is newer; modes do not ask for that");

            has("1.0.0");
            picks(Outcome.APPLIES, "the device has 1.0.0, which counts as equal");
        }

        @Test
        void afterAFailureNothingIsOfferedUntilSomebodyForcesIt() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            happens(new FollowingFailed(ROBOT, 1, null, false, null));
            picks(Outcome.BLOCKS, "last update failed");
            assertThat(why().summary()).contains("last update failed");

            happens(new ForceSet(ROBOT, true));
            picks(Outcome.APPLIES, "somebody forced it");
        }

        @Test
        void whereNoMoreMayBeAtWorkItWaitsForAPlace() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            runningMax = 1;
            fleet.registered("busy");
            happens(new FollowingStarted(new DeviceId("busy"), 1, TestFleet.OS_1, "1.0", null));

            beside(Outcome.BLOCKS, "No place is free: at most 1 may be at work", "it has to wait");
            assertThat(poll()).startsWith("It is told");
        }
    }

    @Nested
    class PinnedAndNone {

        @Test
        void aPinnedOneStaysWithWhatItHas() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            chooses(UpdateMode.PINNED, null, null);
            alone(Outcome.BLOCKS, "'pinned': it stays with what it has.");
            assertThat(why().summary()).contains("'pinned'");

            happens(new ForceSet(ROBOT, true));
            alone(Outcome.BLOCKS, "that it is forced changes nothing");
        }

        @Test
        void noneIsNothing() {
            chooses(UpdateMode.NONE, null, null);

            alone(Outcome.PASSES, "'none'");
        }
    }

    @Nested
    class Assigned {

        @Test
        void itGetsWhatWasAssigned() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            shelved(2, TestFleet.OS_2, GATEWAY);
            chooses(UpdateMode.ASSIGNED, null, 1L);

            said(steps().getFirst(), Outcome.PASSES, "'assigned': it gets software 1");
            picks(Outcome.APPLIES, "It picks os 1.0 (software 1)");
        }

        @Test
        void nothingAssignedIsNothing() {
            chooses(UpdateMode.ASSIGNED, null, null);

            alone(Outcome.BLOCKS, "nothing is assigned to it");
        }

        @Test
        void whatCannotBeGivenSaysWhy() {
            shelved(1, TestFleet.OS_1, OTHER);
            chooses(UpdateMode.ASSIGNED, null, 1L);
            picks(Outcome.BLOCKS, "what is assigned does not fit board gateway, revision 1");

            fleet.log.record("release/1", new ReleaseInvalidated(TestFleet.OS_1.id(), null));
            picks(Outcome.BLOCKS, "what is assigned was declared bad");

            fleet.log.record("release/1", new ReleaseDeleted(TestFleet.OS_1.id()));
            picks(Outcome.BLOCKS, "what is assigned was deleted");
        }
    }

    @Nested
    class BesideActions {

        private final MaintenanceWindow window = new MaintenanceWindow("0 0 2 * * ?", Duration.ofHours(1), "Z");

        @BeforeEach
        void onTheShelf() {
            shelved(1, TestFleet.OS_1, GATEWAY);
            shelved(2, TestFleet.OS_2, GATEWAY);
            chooses(UpdateMode.ASSIGNED, null, 1L);
        }

        @Test
        void theModeGoesFirst() {
            assigned(7, TestFleet.OS_2, null, false);

            beside(Outcome.APPLIES, "its mode goes first: action 7 (os 2.0) waits there");
            assertThat(poll()).startsWith("On gooseBit's paths it is offered os 1.0 (software 1), by its update mode.");
        }

        @Test
        void anActionIsOfferedWhereTheModeHasNothing() {
            has("1.0");
            assigned(7, TestFleet.OS_2, null, false);

            beside(Outcome.PASSES, "action 7 (os 2.0) is offered, as number -1.");
        }

        @Test
        void whoIsAtWorkOnAnActionIsNotDrawnAwayFromIt() {
            assigned(7, TestFleet.OS_2, null, false);
            happens(new FollowingStarted(ROBOT, FollowingCommand.ELSEWHERE, TestFleet.OS_2, null, null));

            beside(Outcome.BLOCKS, "action 7 (os 2.0) goes first: the device is at work on it");
            assertThat(poll()).doesNotContain("by its update mode");
        }

        @Test
        void aFailureKeepsActionsAwayToo() {
            assigned(7, TestFleet.OS_2, null, false);
            happens(new FollowingFailed(ROBOT, 1, null, false, null));

            beside(Outcome.BLOCKS, "action 7 (os 2.0) is kept from it, too");
        }

        @Test
        void whereTheWiresServeDifferentActionsBothAreSaid() {
            has("1.0");
            assigned(7, TestFleet.OS_2, null, true);
            assigned(8, TestFleet.OS_2, null, false);
            ActionView second = TestActions.of(ROBOT, 8, ActionStatus.RUNNING);
            ActionView first = TestActions.of(ROBOT, 7, ActionStatus.WAIT_FOR_CONFIRMATION);
            assertThat(poll(first, second))
                    .as("nobody says that it ever asks on gooseBit's paths")
                    .isEqualTo("It is told that os 2.0 waits for a person's consent.");

            happens(new FollowingStarted(ROBOT, FollowingCommand.ELSEWHERE, TestFleet.OS_2, null, null));
            assertThat(poll(first, second))
                    .isEqualTo("Over DDI v1: It is told that os 2.0 waits for a person's consent."
                            + " On gooseBit's paths it is offered action 8 (os 2.0).");
            assertThat(poll(second)).isEqualTo("It is offered os 2.0.");

            happens(new FollowingFailed(ROBOT, FollowingCommand.ELSEWHERE, null, false, null));
            assertThat(poll(first)).endsWith(" On gooseBit's paths it is offered nothing.");
        }

        @Test
        void whatCannotBeOfferedThereSaysWhy() {
            has("1.0");
            released(4, TestFleet.release("set", "1"), 2, GATEWAY);
            assigned(7, TestFleet.OS_2, null, true);
            assigned(8, TestFleet.OS_2, window, false);
            assigned(9, TestFleet.release("set", "1"), null, false);
            windows.closed(null);

            beside(
                    Outcome.BLOCKS,
                    "no action can be offered",
                    "action 7 (os 2.0) waits for a person's consent",
                    "action 8 (os 2.0) waits for its maintenance window",
                    "action 9 (set 1) is not one single file");

            windows.open(fleet.clock.instant().plusSeconds(60));
            beside(Outcome.PASSES, "action 8 (os 2.0) is offered", "Not offered there: action 7 (os 2.0) waits for");
        }
    }
}
