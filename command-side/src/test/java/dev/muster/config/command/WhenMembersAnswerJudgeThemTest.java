package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.RolloutHouse.ID;
import static dev.muster.config.command.RolloutHouse.device;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRolloutCommand.EndMembers;
import dev.muster.config.ConfigRolloutCommand.ReachGroup;
import dev.muster.config.ConfigRolloutEvent.GroupStarted;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.DatabagId;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.WishOutcomeEvent.WishApplied;
import dev.muster.config.WishOutcomeEvent.WishRefused;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import dev.muster.testing.MemoryLog;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which word of a device ends it for a member, and how. */
class WhenMembersAnswerJudgeThemTest {

    private static final DeviceId ONE = device("one");

    private final RolloutHouse house = new RolloutHouse();
    private final WhenMembersAnswerJudgeThem policy = new WhenMembersAnswerJudgeThem(
            house.commands, house.rollouts, house.compliance, house.groups, new MemoryLog());

    @BeforeEach
    void aRollout() {
        house.has(ID.layer(), "port", "80", "wifi.key", "\"hush\"");
        for (String each : List.of("one", "two", "three")) {
            house.rollouts.member(each, 0, true);
            house.registered.add(device(each));
        }
    }

    private void hears(Object... events) {
        policy.react(Arrays.stream(events).map(house::recorded).toList());
    }

    private static EndMembers word(Outcome outcome, @Nullable String message, String... devices) {
        return new EndMembers(
                ID, 0, outcome, Arrays.stream(devices).map(DeviceId::new).toList(), message);
    }

    private static ViewWritten wrote(Layer layer) {
        return new ViewWritten(new DatabagId(NET, layer), 1, Profile.CONFDB, "all", List.of(), 1, List.of());
    }

    @Test
    void whoAppliesTheWishItHasSucceeds() {
        hears(
                new WishApplied(device("one"), NET, house.tag(device("one")), "fine"),
                new WishApplied(device("two"), NET, house.tag(device("two")), null),
                new WishApplied(device("three"), NET, "an-earlier-one", null));
        assertThat(house.commands.all).containsExactly(word(Outcome.SUCCEEDED, null, "one", "two"));
    }

    @Test
    void whoCannotApplyItFailsInItsOwnWords() {
        hears(
                new WishRefused(device("one"), NET, house.tag(device("one")), " no such port "),
                new WishRefused(device("two"), NET, house.tag(device("two")), null),
                new WishRefused(device("three"), NET, "an-earlier-one", "old"));
        assertThat(house.commands.all)
                .containsExactly(
                        word(Outcome.FAILED, "no such port", "one"), word(Outcome.FAILED, "no reason given", "two"));
    }

    @Test
    void whoTellsToHaveWhatChangedSucceeds() {
        house.has(Layer.fleet(), "host", "\"wanted\"");
        house.has(Layer.actual(ONE), "port", "80");
        hears(wrote(Layer.actual(ONE)));
        assertThat(house.commands.all).as("the secret is missing").isEmpty();
        house.has(Layer.actual(ONE), "wifi.key", "\"hush\"");
        hears(wrote(Layer.device(ONE)), wrote(Layer.actual(ONE)));
        assertThat(house.commands.all)
                .as("that its host is another one is not the rollout's concern")
                .containsExactly(word(Outcome.SUCCEEDED, null, "one"));
    }

    @Test
    void itsOwnWishesStandOverTheRollouts() {
        house.has(Layer.device(ONE), "port", "8080");
        house.has(Layer.actual(ONE), "port", "8080", "wifi.key", "\"hush\"");
        hears(wrote(Layer.actual(ONE)));
        assertThat(house.commands.all).containsExactly(word(Outcome.SUCCEEDED, null, "one"));
    }

    @Test
    void whoIsNoMemberOrNotReachedOrOverIsPassedOver() {
        house.rollouts.member("one", 1, false);
        house.rollouts.ended("two", 3);
        for (String each : List.of("one", "two", "stranger")) {
            hears(new WishApplied(device(each), NET, house.tag(device(each)), null));
        }
        assertThat(house.commands.all).isEmpty();
    }

    @Test
    void whoLeavesIsOutOfItUnlessItIsBack() {
        house.registered.remove(ONE);
        hears(new DeviceDecommissioned(ONE), new DeviceDecommissioned(device("two")));
        assertThat(house.commands.all).containsExactly(word(Outcome.CANCELED, WhenMembersAnswerJudgeThem.LEFT, "one"));
    }

    @Test
    void whenAGroupStartsWhoIsSoAlreadyIsToldAndThenThatItWasReached() {
        house.applied.put(ONE, house.tag(ONE));
        house.has(Layer.actual(device("two")), "port", "80", "wifi.key", "\"hush\"");
        house.rollouts.member("gone", 0, true);
        hears(new GroupStarted(ID, 0));
        assertThat(house.commands.all)
                .containsExactly(
                        word(Outcome.CANCELED, WhenMembersAnswerJudgeThem.LEFT, "gone"),
                        word(Outcome.SUCCEEDED, WhenMembersAnswerJudgeThem.HAD_IT, "one", "two"),
                        new ReachGroup(ID, 0, 4));
    }

    @Test
    void manyAreToldInParts() {
        for (int i = 0; i < 1_500; i++) {
            DeviceId each = device("m%04d".formatted(i));
            house.rollouts.member(each.value(), 1, true);
            house.registered.add(each);
            house.applied.put(each, house.tag(each));
        }
        hears(new GroupStarted(ID, 1));
        assertThat(house.commands.all.stream()
                        .filter(EndMembers.class::isInstance)
                        .map(command -> ((EndMembers) command).members().size()))
                .containsExactly(1_000, 500);
        assertThat(house.commands.all.getLast()).isEqualTo(new ReachGroup(ID, 1, 1_500));
    }
}
