package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.RolloutHouse.ID;
import static dev.muster.config.command.RolloutHouse.PLAN;
import static dev.muster.config.command.RolloutHouse.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutCommand.AbortRollout;
import dev.muster.config.ConfigRolloutCommand.CompletePlanning;
import dev.muster.config.ConfigRolloutCommand.EndMembers;
import dev.muster.config.ConfigRolloutCommand.FinishRollout;
import dev.muster.config.ConfigRolloutCommand.PlanMembers;
import dev.muster.config.ConfigRolloutCommand.RecordProgress;
import dev.muster.config.ConfigRolloutCommand.RefuseFinish;
import dev.muster.config.ConfigRolloutCommand.StartRollout;
import dev.muster.config.ConfigRolloutEvent.EveryoneEnded;
import dev.muster.config.ConfigRolloutEvent.FinishRetried;
import dev.muster.config.ConfigRolloutEvent.GroupStarted;
import dev.muster.config.ConfigRolloutEvent.MembersEnded;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRollouts.Membership;
import dev.muster.config.DatabagCommand.AdoptStaged;
import dev.muster.config.DatabagCommand.EmptyStaged;
import dev.muster.config.DatabagId;
import dev.muster.config.command.RolloutHouse.Matching;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Outcome;
import dev.muster.testing.MemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What follows by itself on what happens to a configuration rollout. */
class ConfigRolloutPoliciesTest {

    private static final String OWNER = "staged/" + ID;

    private final RolloutHouse house = new RolloutHouse();
    private final MemoryLog positions = new MemoryLog();

    @Nested
    class Planning {

        private final Matching fleet = new Matching();
        private final WhenConfigRolloutIsCreatedPlanItsMembers policy =
                new WhenConfigRolloutIsCreatedPlanItsMembers(house.commands, fleet, house.rollouts, positions);

        @BeforeEach
        void whoIsNamedIsAMember() {
            house.commands.answer = command -> {
                if (command instanceof PlanMembers named) {
                    named.members()
                            .forEach(device -> house.rollouts.members.putIfAbsent(
                                    device, new Membership(ID, NET, named.group(), false, false)));
                }
                return CompletableFuture.completedFuture(null);
            };
        }

        @Test
        void membersAreFrozenInGroups() {
            List<DeviceId> all = IntStream.range(0, 20)
                    .mapToObj(i -> device("d%02d".formatted(i)))
                    .toList();
            fleet.devices.addAll(all);
            policy.react(List.of(house.recorded(new RolloutCreated(ID, PLAN))));
            assertThat(house.commands.all)
                    .containsExactly(
                            new PlanMembers(ID, 0, 0, all.subList(0, 2)),
                            new PlanMembers(ID, 1, 0, all.subList(2, 20)),
                            new CompletePlanning(ID, List.of(2, 18)));
        }

        /** Before, "b" to "t" were all there were; now there is an "a", and each is one place further. */
        @Test
        void aGroupIsAsLargeAsWhoWasFrozenBeforeARestart() {
            house.rollouts.member("b", 0, false);
            house.rollouts.member("c", 0, false);
            IntStream.rangeClosed('a', 't').forEach(c -> fleet.devices.add(device(Character.toString(c))));
            house.commands.answer = command -> {
                if (command instanceof PlanMembers named && named.group() == 1) {
                    named.members()
                            .forEach(device -> house.rollouts.members.putIfAbsent(
                                    device, new Membership(ID, NET, 1, false, false)));
                }
                return CompletableFuture.completedFuture(null);
            };
            policy.react(List.of(house.recorded(new RolloutCreated(ID, PLAN))));
            assertThat(house.commands.all).last().isEqualTo(new CompletePlanning(ID, List.of(2, 17)));
        }

        @Test
        void theLaterOneOfTwoWithTheSameDevicesIsAborted() {
            ConfigRolloutId later = new ConfigRolloutId(new UUID(8, 8));
            fleet.devices.add(device("one"));
            house.rollouts.member("one", 0, false);
            policy.react(List.of(house.recorded(new RolloutCreated(later, PLAN))));
            assertThat(house.commands.all).singleElement().isInstanceOfSatisfying(AbortRollout.class, abort -> {
                assertThat(abort.rolloutId()).isEqualTo(later);
                assertThat(abort.why()).contains(ID.toString());
            });
            house.commands.all.clear();
            policy.react(List.of(house.recorded(new RolloutCreated(ID, PLAN))));
            assertThat(house.commands.all)
                    .as("said again, it meets only itself")
                    .hasSize(2);
        }
    }

    @Nested
    class Counting {

        private final WhenMembersEndCountThem policy =
                new WhenMembersEndCountThem(house.commands, house.rollouts, positions);

        @Test
        void onlyTheFirstWordAboutAMemberCounts() {
            house.rollouts.member("one", 0, true);
            house.rollouts.member("two", 0, true);
            Recorded first = house.recorded(
                    new MembersEnded(ID, 0, Outcome.SUCCEEDED, List.of(device("one"), device("two")), null));
            Recorded second = house.recorded(
                    new MembersEnded(ID, 0, Outcome.FAILED, List.of(device("two")), "no answer in time"));
            house.rollouts.ended("one", first.position());
            house.rollouts.ended("two", first.position());
            policy.react(List.of(first, house.recorded("something else"), second));
            assertThat(house.commands.all)
                    .containsExactly(new RecordProgress(
                            ID,
                            List.of(
                                    new Ended(first.position(), 0, Outcome.SUCCEEDED),
                                    new Ended(first.position(), 0, Outcome.SUCCEEDED))));
        }

        @Test
        void whatCountsForNobodyIsNotSaid() {
            policy.react(
                    List.of(house.recorded(new MembersEnded(ID, 0, Outcome.FAILED, List.of(device("one")), null))));
            assertThat(house.commands.all).isEmpty();
        }
    }

    @Nested
    class Silence {

        private final WhenConfigGroupStartsWatchItsSilence policy =
                new WhenConfigGroupStartsWatchItsSilence(house.timers, house.commands, house.rollouts, positions);

        @Test
        void whoSaysNothingInTimeFails() {
            house.rollouts.member("one", 1, true);
            house.rollouts.member("two", 1, true);
            house.rollouts.member("other", 0, true);
            house.rollouts.ended("two", 1);
            policy.react(List.of(house.recorded(new GroupStarted(ID, 1))));
            String timer = "config-rollout-timeout|" + ID + "/1";
            assertThat(house.timers.set).containsEntry(timer, Instant.EPOCH.plusSeconds(5_400));
            house.timers.fire(timer);
            assertThat(house.commands.all)
                    .containsExactly(
                            new EndMembers(ID, 1, Outcome.FAILED, List.of(device("one")), "no answer within 1h30m"));
        }
    }

    @Nested
    class Starting {

        private final WhenConfigRolloutIsReadyStartItInTime policy =
                new WhenConfigRolloutIsReadyStartItInTime(house.timers, house.commands);

        @Test
        void aTimeInThePlanStartsIt() {
            Instant at = Instant.parse("2026-11-20T08:00:00Z");
            ConfigRolloutPlan plan = new ConfigRolloutPlan(
                    PLAN.name(),
                    NET,
                    PLAN.profile(),
                    PLAN.view(),
                    PLAN.requests(),
                    PLAN.target(),
                    PLAN.filter(),
                    PLAN.groups(),
                    at,
                    null);
            policy.react(List.of(house.recorded(new RolloutCreated(ID, plan))));
            assertThat(house.timers.set).containsEntry("config-rollout-start|" + ID, at);
            house.commands.answer = command ->
                    CompletableFuture.failedFuture(ConfigRefusal.ROLLOUT_STATE.because("somebody was faster"));
            house.timers.fire("config-rollout-start|" + ID);
            assertThat(house.commands.all).containsExactly(new StartRollout(ID));
            policy.react(List.of(house.recorded(new RolloutAborted(ID, null))));
            assertThat(house.timers.set).isEmpty();
        }
    }

    @Nested
    class Settling {

        private final WhenConfigRolloutEndsSettleIt policy = new WhenConfigRolloutEndsSettleIt(
                house.timers, house.commands, house.rollouts, house.config.seals, positions);
        private final AdoptStaged adoption =
                new AdoptStaged(PLAN.targetId(), ID.layer(), PLAN.profile(), PLAN.view(), PLAN.requests());

        @Test
        void theTargetHasTheValuesBeforeTheLayerGoes() {
            policy.react(List.of(house.recorded(new EveryoneEnded(ID))));
            assertThat(house.commands.all).containsExactly(adoption, new FinishRollout(ID));
            house.commands.all.clear();
            policy.react(List.of(house.recorded(new FinishRetried(ID))));
            assertThat(house.commands.all).containsExactly(adoption, new FinishRollout(ID));
        }

        @Test
        void whatIsOverIsNotSettledAgain() {
            house.rollouts.state = ConfigRolloutView.State.FINISHED;
            policy.react(List.of(house.recorded(new EveryoneEnded(ID))));
            assertThat(house.commands.all)
                    .as("the target may have been given other values since")
                    .isEmpty();
        }

        @Test
        void aTargetThatRefusesIsTold() {
            house.commands.answer = command -> command instanceof AdoptStaged
                    ? CompletableFuture.failedFuture(ConfigRefusal.VALUE_INVALID.because("port is no number"))
                    : CompletableFuture.completedFuture(null);
            policy.react(List.of(house.recorded(new EveryoneEnded(ID))));
            assertThat(house.commands.all).containsExactly(adoption, new RefuseFinish(ID, "port is no number"));
        }

        @Test
        void aBusyHouseIsAskedAgain() {
            house.commands.answer =
                    command -> CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("too much"));
            assertThatThrownBy(() -> policy.react(List.of(house.recorded(new EveryoneEnded(ID)))))
                    .isInstanceOf(Refused.class);
            assertThat(house.commands.all).containsExactly(adoption);
        }

        @Test
        void whatLayThereIsClearedAwayWhenNobodyCanBeReadingItAnyMore() {
            house.has(ID.layer(), "wifi.key", "\"hush\"");
            assertThat(house.config.seals.hasKey(OWNER)).isTrue();
            Recorded end = house.recorded(new RolloutFinished(ID));
            policy.react(List.of(end));
            String timer = "config-rollout-layer|" + ID;
            assertThat(house.timers.set)
                    .containsEntry(timer, end.at().plus(WhenConfigRolloutEndsSettleIt.ANSWERS_END_MAX));
            assertThat(house.commands.all).isEmpty();
            house.timers.fire(timer);
            assertThat(house.commands.all).containsExactly(new EmptyStaged(new DatabagId(NET, ID.layer())));
            assertThat(house.config.seals.hasKey(OWNER)).isFalse();
            house.timers.set.clear();
            policy.react(List.of(house.recorded(new RolloutAborted(ID, null))));
            assertThat(house.timers.set).containsKey(timer);
        }
    }
}
