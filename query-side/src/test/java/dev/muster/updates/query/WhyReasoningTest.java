package dev.muster.updates.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.DeviceView;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.GroupState;
import dev.muster.updates.RolloutView.State;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.query.WhyAnswer.Outcome;
import dev.muster.updates.query.WhyAnswer.Rule;
import dev.muster.updates.query.WhyAnswer.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WhyReasoningTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final RolloutId ROLLOUT = new RolloutId(new UUID(0, 1));

    private final TestFleet fleet = new TestFleet().registered("d0");
    private final TestWindows windows = new TestWindows();
    private final WhyReasoning reasoning = new WhyReasoning(windows);

    private DeviceView device() {
        return fleet.device("d0");
    }

    private WhyAnswer why(List<ActionView> open, List<WhyCase.Part> rollouts, List<WhyCase.Rule> standing) {
        List<ActionView> sorted = open.stream().sorted(WhyCase.SERVED_FIRST).toList();
        return reasoning.answer(new WhyCase(device(), null, sorted, rollouts, standing, UpdateSettings.DEFAULTS, NOW));
    }

    private static Step only(WhyAnswer answer, Rule rule) {
        List<Step> found =
                answer.steps().stream().filter(step -> step.rule() == rule).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static ActionView action(
            int number,
            @Nullable Integer weight,
            ActionStatus status,
            ActionType type,
            @Nullable Instant forcedAt,
            @Nullable MaintenanceWindow window) {
        return new ActionView(
                new DeviceId("d0"),
                number,
                TestFleet.OS_2,
                type,
                forcedAt,
                weight,
                window,
                status,
                true,
                null,
                null,
                null,
                NOW,
                NOW,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    private static ActionView running(int number, @Nullable Integer weight) {
        return action(number, weight, ActionStatus.RUNNING, ActionType.FORCED, null, null);
    }

    @Nested
    class TheDeviceItself {

        @Test
        void whoWasNeverHeardCannotBeOfferedAnything() {
            Step polling = only(why(List.of(), List.of(), List.of()), Rule.POLLING);

            assertThat(polling.outcome()).isEqualTo(Outcome.BLOCKS);
            assertThat(polling.text()).contains("never heard");
        }

        @Test
        void whoAsksInTimePasses() {
            fleet.heartbeats.heard(new DeviceId("d0"), NOW);

            assertThat(only(why(List.of(), List.of(), List.of()), Rule.POLLING).outcome())
                    .isEqualTo(Outcome.PASSES);
        }

        @Test
        void aDeviceWithoutAnyWayToProveItselfIsTold() {
            Step authenticated = only(why(List.of(), List.of(), List.of()), Rule.AUTHENTICATED);

            assertThat(authenticated.outcome()).isEqualTo(Outcome.BLOCKS);
        }

        @Test
        void theReasonOfAHoldIsSaid() {
            fleet.heldBack("d0", "it is on loan");
            Step held = only(why(List.of(), List.of(), List.of()), Rule.HELD_BACK);

            assertThat(held.outcome()).isEqualTo(Outcome.BLOCKS);
            assertThat(held.text()).endsWith("it is on loan");
        }
    }

    @Nested
    class Actions {

        @Test
        void theHeaviestIsServedAndTheOthersWait() {
            WhyAnswer answer = why(List.of(running(1, 500), running(2, null), running(3, null)), List.of(), List.of());
            List<Step> actions = answer.steps().stream()
                    .filter(step -> step.rule() == Rule.ACTION)
                    .toList();

            assertThat(actions.get(0).text()).startsWith("Action 2").contains("is served");
            assertThat(actions.get(0).outcome()).isEqualTo(Outcome.APPLIES);
            assertThat(actions.get(1).text()).startsWith("Action 3").contains("as heavy and older");
            assertThat(actions.get(2).text()).startsWith("Action 1").contains("action 2 is heavier");
            assertThat(answer.summary()).startsWith("It is offered os 2.0.");
        }

        @Test
        void whatIsOnlyToBeProvenLetsOthersGoFirst() {
            ActionView proving = action(1, 1000, ActionStatus.INSTALLED, ActionType.FORCED, null, null);

            assertThat(only(why(List.of(proving, running(2, 1)), List.of(), List.of()), Rule.POLL)
                            .text())
                    .isEqualTo("It is offered os 2.0.");
            assertThat(only(why(List.of(proving), List.of(), List.of()), Rule.POLL)
                            .text())
                    .contains("awaited to report");
        }

        @Test
        void urgencyIsSaidInWords() {
            assertThat(said(ActionType.SOFT, null)).contains("may wait for a good moment");
            assertThat(said(ActionType.DOWNLOAD_ONLY, null)).contains("only downloads");
            assertThat(said(ActionType.TIME_FORCED, NOW.plusSeconds(60))).contains("soft until 2026-11-20T12:01:00Z");
            assertThat(said(ActionType.TIME_FORCED, NOW.minusSeconds(60))).contains("its time has come");
        }

        private String said(ActionType type, @Nullable Instant forcedAt) {
            ActionView action = action(1, null, ActionStatus.RUNNING, type, forcedAt, null);
            return only(why(List.of(action), List.of(), List.of()), Rule.ACTION).text();
        }

        @Test
        void aClosedWindowHoldsUpTheInstallation() {
            MaintenanceWindow window = new MaintenanceWindow("0 0 2 * * ?", Duration.ofHours(1), "Z");
            ActionView action = action(1, null, ActionStatus.RUNNING, ActionType.FORCED, null, window);
            windows.closed(NOW.plusSeconds(3600));
            Step closed = only(why(List.of(action), List.of(), List.of()), Rule.ACTION);
            assertThat(closed.outcome()).isEqualTo(Outcome.BLOCKS);
            assertThat(closed.text()).contains("opens at 2026-11-20T13:00:00Z");

            windows.open(NOW.plusSeconds(60));
            assertThat(only(why(List.of(action), List.of(), List.of()), Rule.ACTION)
                            .outcome())
                    .isEqualTo(Outcome.APPLIES);
            windows.closed(null);
            assertThat(only(why(List.of(action), List.of(), List.of()), Rule.ACTION)
                            .text())
                    .contains("never opens again");
        }

        @Test
        void cancelingAndConsentComeFirst() {
            ActionView stopping = action(1, null, ActionStatus.CANCELING, ActionType.FORCED, null, null);
            ActionView asked = action(1, null, ActionStatus.WAIT_FOR_CONFIRMATION, ActionType.FORCED, null, null);

            assertThat(only(why(List.of(stopping), List.of(), List.of()), Rule.POLL)
                            .text())
                    .contains("told to stop");
            assertThat(only(why(List.of(asked), List.of(), List.of()), Rule.ACTION)
                            .text())
                    .contains("must agree first");
        }
    }

    @Nested
    class Rollouts {

        private RolloutView rollout(State state, @Nullable PauseCause cause, GroupState second, boolean open) {
            Group plan = new Group("g", 50, 80, 20, null, null);
            return new RolloutView(
                    ROLLOUT,
                    new RolloutPlan(
                            "spring",
                            TestFleet.OS_2,
                            "group==lab",
                            List.of(plan, plan),
                            ActionType.FORCED,
                            null,
                            null,
                            null,
                            false,
                            null,
                            null,
                            null),
                    state,
                    cause,
                    List.of(
                            group(
                                    "canary",
                                    cause == PauseCause.GROUP_SUCCEEDED ? GroupState.FINISHED : GroupState.RUNNING),
                            group("rest", second)),
                    0,
                    0,
                    null,
                    null,
                    null,
                    null,
                    open,
                    false,
                    List.of(),
                    List.of(),
                    NOW,
                    null,
                    null,
                    1);
        }

        private RolloutView.Group group(String name, GroupState state) {
            boolean looked = name.equals("canary");
            return new RolloutView.Group(name, state, 10, 10, 0, 7, 0, 0, 0, 0, false, 80, 20, looked);
        }

        private Step step(RolloutView rollout, @Nullable Integer group, @Nullable MemberStatus status) {
            return step(new WhyCase.Part(rollout, group, status, List.of(), true));
        }

        private Step step(WhyCase.Part part) {
            return only(why(List.of(), List.of(part), List.of()), Rule.ROLLOUT);
        }

        @Test
        void aMemberWaitsForItsGroup() {
            Step step = step(rollout(State.RUNNING, null, GroupState.SCHEDULED, false), 1, MemberStatus.WAITING);

            assertThat(step.outcome()).isEqualTo(Outcome.BLOCKS);
            assertThat(step.text())
                    .contains("group 'rest'")
                    .contains("canary before it has 7 of 10 succeeded and needs 80 %");
            assertThat(step.link()).isEqualTo("/rollouts/" + ROLLOUT);
        }

        @Test
        void eachStateSaysWhatIsMissing() {
            assertThat(text(State.CREATING, null)).contains("still being frozen");
            assertThat(text(State.WAITING_FOR_APPROVAL, null)).contains("second person must agree");
            assertThat(text(State.APPROVAL_DENIED, null)).contains("said no");
            assertThat(text(State.READY, null)).contains("was not started");
            assertThat(text(State.PAUSED, PauseCause.ERROR_THRESHOLD)).contains("because too many failed");
            assertThat(text(State.PAUSED, PauseCause.OPERATOR)).contains("by an operator");
            assertThat(text(State.PAUSED, PauseCause.GROUP_SUCCEEDED))
                    .contains("it is paused after group 'canary' succeeded, until a person has looked");
            assertThat(text(State.STOPPED, null)).contains("was stopped");
            assertThat(text(State.FINISHED, null)).contains("passed over");
        }

        private String text(State state, @Nullable PauseCause cause) {
            return step(rollout(state, cause, GroupState.SCHEDULED, false), 1, MemberStatus.WAITING)
                    .text();
        }

        @Test
        void whoFailedAndHasNothingToDoWaitsForTheNextTry() {
            assertThat(step(rollout(State.RUNNING, null, GroupState.RUNNING, false), 1, MemberStatus.RUNNING)
                            .text())
                    .contains("waits for its next try");
        }

        @Test
        void aStrangerIsToldTheComparisonThatKeepsItOut() {
            Step step = step(new WhyCase.Part(
                    rollout(State.RUNNING, null, GroupState.SCHEDULED, false),
                    null,
                    null,
                    List.of(new FilterMiss("group==lab", "group", "office")),
                    true));

            assertThat(step.outcome()).isEqualTo(Outcome.PASSES);
            assertThat(step.text()).contains("group==lab is not so: its group is office");
        }

        @Test
        void aStrangerThatMatchesIsToldWhyItIsNoMember() {
            RolloutView closed = rollout(State.RUNNING, null, GroupState.SCHEDULED, false);
            RolloutView open = rollout(State.RUNNING, null, GroupState.SCHEDULED, true);

            assertThat(step(closed, null, null).text()).contains("did not when the members were frozen");
            assertThat(step(open, null, null).text()).contains("will join");
            assertThat(step(new WhyCase.Part(closed, null, null, List.of(), false))
                            .text())
                    .contains("does not fit its hardware");
            assertThat(step(new WhyCase.Part(closed, null, null, null, true)).text())
                    .contains("cannot be read");
        }
    }

    @Nested
    class Standing {

        private WhyCase.Rule rule(String name, boolean hits, @Nullable ReleaseRef gives) {
            StandingAssignment assignment = new StandingAssignment(
                    new UUID(0, 1), name, "group==lab", null, "os", ActionType.FORCED, null, NOW);
            return new WhyCase.Rule(
                    assignment, hits ? List.of() : List.of(new FilterMiss("group==lab", "group", null)), gives);
        }

        private Step step(WhyCase.Rule... rules) {
            return only(why(List.of(), List.of(), List.of(rules)), Rule.STANDING_ASSIGNMENT);
        }

        @Test
        void theFirstThatMatchesGives() {
            Step step = step(rule("a", false, TestFleet.OS_1), rule("b", true, TestFleet.OS_2), rule("c", true, null));

            assertThat(step.outcome()).isEqualTo(Outcome.APPLIES);
            assertThat(step.text()).contains("'b'").contains("os 2.0");
        }

        @Test
        void itGivesNothingThatTheDeviceHasOrMayNotHave() {
            assertThat(step(rule("a", true, null)).text()).contains("no release fits");
            assertThat(step(rule("a", false, TestFleet.OS_2)).text()).contains("its group is not set");
            assertThat(step().text()).contains("no standing assignment");

            fleet.assigned("d0", 1, TestFleet.OS_2);
            assertThat(step(rule("a", true, TestFleet.OS_2)).text()).contains("being given already");
            fleet.finished("d0", 1, TestFleet.OS_2);
            assertThat(step(rule("a", true, TestFleet.OS_2)).text()).contains("which the device has");
            fleet.assigned("d0", 2, TestFleet.OS_1).failed("d0", 2, TestFleet.OS_1, null);
            assertThat(step(rule("a", true, TestFleet.OS_1)).text()).contains("the device failed");
            fleet.heldBack("d0", "loan");
            assertThat(step(rule("a", true, TestFleet.OS_1)).text()).contains("if the device were let go");
        }
    }
}
