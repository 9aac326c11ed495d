package dev.muster.updates.command;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import dev.muster.staging.PauseCause;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.AssignReleases;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.RecordOffer;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Rate;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhenGroupStartsAssignItsDevicesTest {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(7, 7));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final Hardware BOARD = new Hardware("board", "1.0");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final int MEMBERS = 1500;

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final FixedSettings settings = new FixedSettings(false, false);
    private final List<DeviceId> members =
            IntStream.range(0, MEMBERS).mapToObj(i -> new DeviceId("d" + i)).toList();
    private final ToldRollout rollout = new ToldRollout(ROLLOUT, OS, members, NOON.minusSeconds(60));
    private final HandTimers timers = new HandTimers();
    private boolean valid = true;
    private boolean deleted;

    private void groupStarts() {
        members.forEach(id -> fleet.recipients.putIfAbsent(id, new Recipient(id, BOARD, null)));
        heard();
    }

    private void heard() {
        ReleaseOffers offers = new ReleaseOffers(commands, new CountedNumbers(), settings);
        GroupOffers groups = new GroupOffers(
                commands, new RolloutRolls(rollout), fleet, new Shelf(), offers, timers, Clock.fixed(NOON, UTC));
        new WhenGroupStartsAssignItsDevices(groups).react(List.of(rollout.recorded(new GroupStarted(ROLLOUT, 0), 0)));
    }

    /** The rollout's answer when it goes on, and everything else's. */
    private static CompletableFuture<?> goingOn(Object command, CompletableFuture<?> otherwise) {
        return command instanceof RecordOffer ? CompletableFuture.completedFuture(true) : otherwise;
    }

    /** Answers wait until as many are waiting as may, so that one more at once would be seen. */
    private final class Crowd {

        private final List<CompletableFuture<Assigned>> waiting = new ArrayList<>();
        private int sent;
        private int most;

        synchronized CompletableFuture<?> answer(Object command) {
            if (!(command instanceof AssignRelease)) {
                return CompletableFuture.completedFuture(true);
            }
            CompletableFuture<Assigned> answer = new CompletableFuture<>();
            waiting.add(answer);
            most = Math.max(most, waiting.size());
            if (++sent == MEMBERS
                    || sent % GroupOffers.BATCH_MAX == 0
                    || waiting.size() >= BoundedSends.IN_FLIGHT_MAX) {
                CompletableFuture.runAsync(this::answerAll);
            }
            return answer;
        }

        private void answerAll() {
            List<CompletableFuture<Assigned>> all;
            synchronized (this) {
                all = List.copyOf(waiting);
                waiting.clear();
            }
            all.forEach(answer -> answer.complete(new Assigned(1, true)));
        }
    }

    @Test
    void everyMemberIsOfferedItAndABoundedNumberAtOnce() {
        Crowd crowd = new Crowd();
        commands.answer = crowd::answer;
        groupStarts();
        assertThat(commands.of(AssignRelease.class))
                .extracting(AssignRelease::deviceId)
                .containsExactlyElementsOf(members);
        assertThat(crowd.most).isEqualTo(256);
        assertThat(commands.alone(AssignRelease.class)).isEmpty();
        assertThat(commands.of(AssignReleases.class))
                .as("%d in 31 bulks of 32 and one of 8, the others in 15 and one of 20", GroupOffers.BATCH_MAX)
                .hasSize(32 + 16)
                .allSatisfy(bulk -> assertThat(bulk.each()).hasSizeLessThanOrEqualTo(BulkOffers.BULK));
        assertThat(commands.of(RecordOffer.class))
                .containsExactly(
                        new RecordOffer(ROLLOUT, 0, 0, 1000, 1000, 0),
                        new RecordOffer(ROLLOUT, 0, 1000, MEMBERS, 500, 0));
    }

    @Test
    void whatIsTheSameForAllIsLookedUpOnce() {
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        groupStarts();
        assertThat(settings.asked).isEqualTo(1);
        var compatibility = commands.of(AssignRelease.class).getFirst().compatibility();
        assertThat(commands.of(AssignRelease.class))
                .allSatisfy(each -> assertThat(each.compatibility()).isSameAs(compatibility));
    }

    @Test
    void whoLeftHasItOrIsRefusedIsSkipped() {
        commands.answer = command -> {
            if (!(command instanceof AssignRelease assign)) {
                return CompletableFuture.completedFuture(true);
            }
            return switch (assign.deviceId().value()) {
                case "d1" ->
                    CompletableFuture.failedFuture(UpdatesRefusal.RELEASE_INCOMPATIBLE.because("another board"));
                case "d2" -> CompletableFuture.completedFuture(new Assigned(5, false));
                default -> CompletableFuture.completedFuture(new Assigned(1, true));
            };
        };
        groupStarts();
        assertThat(commands.alone(AssignRelease.class))
                .as("a no is given to the device alone")
                .extracting(assign -> assign.deviceId().value())
                .containsExactly("d1");
        assertThat(commands.of(RecordOffer.class))
                .containsExactly(
                        new RecordOffer(ROLLOUT, 0, 0, 1000, 998, 2),
                        new RecordOffer(ROLLOUT, 0, 1000, MEMBERS, 500, 0));

        commands.all.clear();
        fleet.recipients.clear();
        commands.answer = command -> CompletableFuture.completedFuture(true);
        heard();
        assertThat(commands.all)
                .containsExactly(
                        new RecordOffer(ROLLOUT, 0, 0, 1000, 0, 1000),
                        new RecordOffer(ROLLOUT, 0, 1000, MEMBERS, 0, 500));
    }

    @Test
    void aRolloutThatStandsStillEndsTheOfferWithinOneBatch() {
        commands.answer = command ->
                CompletableFuture.completedFuture(command instanceof AssignRelease ? new Assigned(1, true) : false);
        groupStarts();
        assertThat(commands.of(AssignRelease.class)).hasSize(1000);
        assertThat(commands.of(RecordOffer.class)).hasSize(1);
    }

    @Test
    void anOfferThatWasCutOffGoesOnWhereItWas() {
        rollout.says(new MembersOffered(ROLLOUT, 0, 1000, 1000, 0));
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        groupStarts();
        assertThat(commands.of(AssignRelease.class))
                .extracting(AssignRelease::deviceId)
                .containsExactlyElementsOf(members.subList(1000, MEMBERS));
    }

    @Test
    void aPausedRolloutIsOfferedToNobody() {
        rollout.says(new RolloutPaused(ROLLOUT, PauseCause.OPERATOR));
        groupStarts();
        assertThat(commands.all).isEmpty();
        rollout.says(new RolloutResumed(ROLLOUT));
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        groupStarts();
        assertThat(commands.of(AssignRelease.class)).hasSize(MEMBERS);
    }

    @Test
    void withARateASliceGoesOutAndATimerBringsTheNext() {
        rollout.planned(new RolloutPolicy(false, new Rate(600, null, null), null, null, null, null, null));
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        groupStarts();
        assertThat(commands.of(AssignRelease.class))
                .as("two seconds of ten each")
                .hasSize(20);
        assertThat(timers.set).containsExactly(Map.entry("rollout-rate|" + ROLLOUT, NOON.plusSeconds(2)));

        commands.all.clear();
        rollout.says(new MembersOffered(ROLLOUT, 0, 20, 20, 0), NOON.minusSeconds(1));
        timers.fire("rollout-rate|" + ROLLOUT);
        assertThat(commands.of(AssignRelease.class)).as("too early").isEmpty();
        assertThat(timers.set).containsExactly(Map.entry("rollout-rate|" + ROLLOUT, NOON.plusSeconds(1)));

        rollout.says(new RolloutPaused(ROLLOUT, PauseCause.OPERATOR));
        timers.set.clear();
        timers.fire("rollout-rate|" + ROLLOUT);
        assertThat(commands.all).isEmpty();
        assertThat(timers.set).as("resuming brings the next").isEmpty();
    }

    @Test
    void aHouseThatIsTooBusyHasNotJudgedTheDevice() {
        commands.answer = command -> command instanceof AssignRelease assign
                        && assign.deviceId().value().equals("d7")
                ? CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("too many commands"))
                : goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        assertThatIllegalStateException().isThrownBy(this::groupStarts);
        assertThat(commands.of(AssignRelease.class).stream()
                        .map(AssignRelease::deviceId)
                        .distinct())
                .as("all the others are asked all the same")
                .hasSize(1000);
        assertThat(commands.alone(AssignRelease.class))
                .as("those in its bulk alone")
                .extracting(AssignRelease::deviceId)
                .containsExactlyElementsOf(members.subList(0, BulkOffers.BULK));
        assertThat(commands.of(RecordOffer.class)).isEmpty();
    }

    @Test
    void aBulkThatFailsIsAskedOneByOneAndNobodyIsCountedTwice() {
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        commands.together = bulk -> CompletableFuture.failedFuture(new IllegalStateException("another writer"));
        groupStarts();
        assertThat(commands.alone(AssignRelease.class))
                .extracting(AssignRelease::deviceId)
                .containsExactlyInAnyOrderElementsOf(members);
        assertThat(commands.alone(AssignRelease.class))
                .as("with numbers drawn anew")
                .extracting(AssignRelease::action)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(commands.of(AssignReleases.class).stream()
                        .flatMap(bulk -> bulk.each().stream())
                        .map(AssignRelease::action)
                        .toList());
        assertThat(commands.of(RecordOffer.class))
                .containsExactly(
                        new RecordOffer(ROLLOUT, 0, 0, 1000, 1000, 0),
                        new RecordOffer(ROLLOUT, 0, 1000, MEMBERS, 500, 0));
    }

    @Test
    void whoLeftWhileItsBulkFailedIsNotAskedAgain() {
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        commands.together = bulk -> {
            fleet.recipients.remove(new DeviceId("d7"));
            return CompletableFuture.failedFuture(new IllegalStateException("another writer"));
        };
        groupStarts();
        assertThat(commands.alone(AssignRelease.class))
                .extracting(AssignRelease::deviceId)
                .doesNotContain(new DeviceId("d7"));
        assertThat(commands.of(RecordOffer.class)).contains(new RecordOffer(ROLLOUT, 0, 0, 1000, 999, 1));
    }

    @Test
    void whoIsTheOnlyOneLeftIsAskedAlone() {
        DeviceId only = new DeviceId("d40");
        fleet.recipients.put(only, new Recipient(only, BOARD, null));
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        heard();
        assertThat(commands.of(AssignReleases.class)).isEmpty();
        assertThat(commands.alone(AssignRelease.class))
                .extracting(AssignRelease::deviceId)
                .containsExactly(only);
        assertThat(commands.of(RecordOffer.class)).contains(new RecordOffer(ROLLOUT, 0, 0, 1000, 1, 999));
    }

    /** An event that fails for ten seconds is put aside; the rollout must not be. */
    @Test
    void whatFailedGoesOnByItself() {
        commands.answer = command -> CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("too many"));
        assertThatIllegalStateException().isThrownBy(this::groupStarts);
        String timer = "rollout-rate|" + ROLLOUT;
        assertThat(timers.set).containsExactly(Map.entry(timer, NOON.plus(GroupOffers.AFTER_FAILURE)));

        commands.all.clear();
        commands.answer = command -> goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        timers.ends(timer);
        assertThat(commands.of(RecordOffer.class))
                .containsExactly(
                        new RecordOffer(ROLLOUT, 0, 0, 1000, 1000, 0),
                        new RecordOffer(ROLLOUT, 0, 1000, MEMBERS, 500, 0));
        assertThat(timers.set).isEmpty();
    }

    @Test
    void whatCameToADeviceThatHasJustLeftIsWithdrawn() {
        commands.answer = command -> {
            if (command instanceof AssignRelease assign
                    && assign.deviceId().value().equals("d7")) {
                fleet.recipients.remove(assign.deviceId());
            }
            return goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        };
        groupStarts();
        assertThat(commands.of(WithdrawActions.class)).containsExactly(new WithdrawActions(new DeviceId("d7"), null));
        assertThat(commands.of(RecordOffer.class))
                .as("its action was given, and its end is counted")
                .contains(new RecordOffer(ROLLOUT, 0, 0, 1000, 1000, 0));
    }

    @Test
    void aNumberThatCameTooLateSaysNothingOfTheDevice() {
        commands.answer = command -> command instanceof AssignRelease assign
                        && assign.deviceId().value().equals("d7")
                ? CompletableFuture.failedFuture(UpdatesRefusal.NUMBER_OUT_OF_ORDER.because("3 is not newer"))
                : goingOn(command, CompletableFuture.completedFuture(new Assigned(1, true)));
        assertThatIllegalStateException().isThrownBy(this::groupStarts);
        assertThat(commands.of(RecordOffer.class)).isEmpty();
    }

    @Test
    void aReleaseThatWasInvalidatedIsOfferedToNobodyAndStopsTheRollout() {
        valid = false;
        groupStarts();
        assertThat(commands.all).containsExactly(new AbortRollout(ROLLOUT, StopCause.RELEASE_INVALIDATED));
    }

    @Test
    void aReleaseThatWasDeletedIsOfferedToNobody() {
        deleted = true;
        commands.answer = command -> CompletableFuture.completedFuture(true);
        groupStarts();
        assertThat(commands.all).containsExactly(new RecordOffer(ROLLOUT, 0, 0, MEMBERS, 0, MEMBERS));
    }

    private final class Shelf implements Catalogue {

        @Override
        public Release find(ReleaseId id) {
            return new Release(OS, List.of(), false, null, Instant.EPOCH, valid, deleted, 0);
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
