package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.RollBackUpdate;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionType;
import dev.muster.updates.AssignReleases;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Retry;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.ReleaseOffers.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReleaseOffersTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Hardware BOARD = new Hardware("board", "1.0");
    private static final Catalogue.Release RELEASE = new Catalogue.Release(
            new ReleaseRef(ReleaseId.of("os", "1"), "os", "1"),
            List.of(module("os", BOARD), module("application")),
            true,
            null,
            NOON,
            true,
            false,
            0);
    private static final Recipient ROBOT = new Recipient(new DeviceId("robot-1"), BOARD, NOON);
    private static final Terms PLAIN = new Terms(ActionType.SOFT, null, null, null, null, null, null, null);

    private final SentCommands commands = new SentCommands();

    private static SoftwareModule module(String type, Hardware... compatibility) {
        return new SoftwareModule(1, type, type, "1", false, List.of(), List.of(), List.of(compatibility));
    }

    private ReleaseOffers offers(boolean confirmationFlow) {
        commands.answer = command -> CompletableFuture.completedFuture(new Assigned(1, true));
        return new ReleaseOffers(commands, new CountedNumbers(), new FixedSettings(confirmationFlow, true));
    }

    private AssignRelease sent(ReleaseOffers offers, Terms terms) {
        offers.offer(RELEASE, terms).to(ROBOT).block();
        return commands.of(AssignRelease.class).getLast();
    }

    @Test
    void anOfferCarriesTheReleaseTheDeviceAndTheSettings() {
        assertThat(sent(offers(true), PLAIN))
                .isEqualTo(new AssignRelease(
                        ROBOT.id(),
                        1,
                        RELEASE.ref(),
                        true,
                        List.of(List.of(BOARD), List.of()),
                        BOARD,
                        NOON,
                        ActionType.SOFT,
                        null,
                        null,
                        null,
                        true,
                        true,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        false));
    }

    @Test
    void severalAreAskedTogetherUnderNumbersOfOneDraw() {
        Recipient other = new Recipient(new DeviceId("robot-2"), BOARD, null);
        ReleaseOffers offers = offers(false);
        assertThat(offers.offer(RELEASE, PLAIN)
                        .to(List.of(ROBOT, other), Map.of())
                        .join())
                .containsOnlyKeys(ROBOT.id(), other.id());
        assertThat(commands.all).hasSize(1);
        assertThat(commands.of(AssignReleases.class).getFirst().each())
                .extracting(AssignRelease::deviceId, AssignRelease::action, AssignRelease::returnedAt)
                .containsExactly(tuple(ROBOT.id(), 1, NOON), tuple(other.id(), 2, null));

        assertThat(sent(offers, PLAIN).action()).as("nobody else draws them").isEqualTo(3);
    }

    @Test
    void whoeverOffersMayAskForMoreOrLessConsentThanTheSettings() {
        assertThat(sent(offers(false), PLAIN).confirm()).isFalse();
        assertThat(sent(offers(false), confirm(true)).confirm()).isTrue();
        assertThat(sent(offers(true), confirm(false)).confirm()).isFalse();
    }

    private static Terms confirm(boolean confirm) {
        return new Terms(ActionType.SOFT, null, null, null, confirm, null, null, null);
    }

    @Test
    void aRolloutAsksForMoreConsentButNeverForLess() {
        RolloutId id = new RolloutId(new UUID(7, 7));
        AssignRelease strict = sent(offers(false), Terms.of(plan(true), id, 3));
        assertThat(strict.confirm()).isTrue();
        assertThat(strict.rollout()).isEqualTo(id);
        assertThat(strict.group()).isEqualTo(3);
        assertThat(strict.weight()).isEqualTo(500);
        assertThat(strict.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(sent(offers(true), Terms.of(plan(false), id, 3)).confirm()).isTrue();
    }

    private static RolloutPlan plan(boolean confirm) {
        return new RolloutPlan(
                "winter",
                RELEASE.ref(),
                "id==*",
                List.of(),
                ActionType.FORCED,
                null,
                500,
                null,
                confirm,
                null,
                Duration.ofHours(1),
                null);
    }

    @Test
    void aRolloutCarriesItsRetriesAndItsProofOfHealth() {
        Retry retry = new Retry(3, Duration.ofMinutes(5), 2);
        RolloutPlan before = plan(false);
        RolloutPlan plan = new RolloutPlan(
                before.name(),
                before.release(),
                before.filter(),
                before.groups(),
                before.type(),
                null,
                null,
                null,
                false,
                null,
                null,
                new RolloutPolicy(false, null, retry, Duration.ofMinutes(30), null, null, null));
        AssignRelease sent = sent(offers(false), Terms.of(plan, new RolloutId(new UUID(7, 7)), 0));
        assertThat(sent.tries()).isEqualTo(new Tries(1, retry));
        assertThat(sent.healthyWithin()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void whatADeviceHadIsGivenBackUnderANumberOfItsOwn() {
        ReleaseOffers offers = offers(false);
        RolloutId rollout = new RolloutId(new UUID(7, 7));
        assertThat(offers.rollBack(ROBOT, rollout, true, Map.of()).join()).isEqualTo(new Assigned(1, true));
        assertThat(commands.all).containsExactly(new RollBackUpdate(ROBOT.id(), 1, rollout, true, NOON));
    }

    @Test
    void aStandingAssignmentSetsTypeAndWeight() {
        AssignRelease sent = sent(
                offers(false),
                Terms.of(new StandingAssignment(
                        new UUID(1, 1), "newest", "id==*", null, null, ActionType.DOWNLOAD_ONLY, 7, NOON)));
        assertThat(sent.type()).isEqualTo(ActionType.DOWNLOAD_ONLY);
        assertThat(sent.weight()).isEqualTo(7);
        assertThat(sent.rollout()).isNull();
    }

    @Test
    void aNumberThatCameTooLateIsDrawnAgain() {
        ReleaseOffers offers = offers(false);
        commands.answer = command -> ((AssignRelease) command).action() < 3
                ? CompletableFuture.failedFuture(UpdatesRefusal.NUMBER_OUT_OF_ORDER.because("too late"))
                : CompletableFuture.completedFuture(new Assigned(3, true));
        assertThat(offers.offer(RELEASE, PLAIN).to(ROBOT, Map.of()).join()).isEqualTo(new Assigned(3, true));
        assertThat(commands.of(AssignRelease.class))
                .extracting(AssignRelease::action)
                .containsExactly(1, 2, 3);
    }

    @Test
    void butNotForEverAndNoOtherNoIsAskedTwice() {
        ReleaseOffers offers = offers(false);
        commands.answer =
                command -> CompletableFuture.failedFuture(UpdatesRefusal.NUMBER_OUT_OF_ORDER.because("too late"));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> offers.offer(RELEASE, PLAIN).to(ROBOT).block());
        assertThat(commands.all).hasSize(3);

        commands.all.clear();
        commands.answer = command -> CompletableFuture.failedFuture(UpdatesRefusal.QUOTA_EXCEEDED.because("too many"));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> offers.offer(RELEASE, PLAIN).to(ROBOT).block());
        assertThat(commands.all).hasSize(1);
    }
}
