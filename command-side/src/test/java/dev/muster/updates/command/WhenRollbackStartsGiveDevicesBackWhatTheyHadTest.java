package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.ActionCommand.RollBackUpdate;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.Fleet;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.CompleteRollback;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy.Rollback;
import dev.muster.updates.StopCause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhenRollbackStartsGiveDevicesBackWhatTheyHadTest {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(7, 7));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final int MEMBERS = 3_000;

    private final List<DeviceId> members =
            IntStream.range(0, MEMBERS).mapToObj(i -> new DeviceId("d" + i)).toList();
    private final SentCommands commands = new SentCommands();
    private final ToldRollout rollout = new ToldRollout(ROLLOUT, OS, members, Instant.EPOCH);
    private final WhenRollbackStartsGiveDevicesBackWhatTheyHad policy =
            new WhenRollbackStartsGiveDevicesBackWhatTheyHad(
                    commands,
                    new RolloutRolls(rollout),
                    id -> members.subList(0, 5),
                    fleet(),
                    new ReleaseOffers(commands, new CountedNumbers(), new FixedSettings(false, false)),
                    new AllSeen());

    private FewDevices fleet() {
        FewDevices fleet = new FewDevices();
        members.forEach(id -> fleet.recipients.put(id, new Fleet.Recipient(id, new Hardware("b", "1"), null)));
        return fleet;
    }

    private void answered(boolean created) {
        commands.answer = command -> CompletableFuture.completedFuture(
                command instanceof RollBackUpdate back ? new Assigned(back.action(), created) : null);
    }

    private void starts(Rollback scope) {
        RollbackStarted started = new RollbackStarted(ROLLOUT, scope, true);
        rollout.says(started);
        rollout.says(new RolloutAborted(ROLLOUT, StopCause.ROLLED_BACK));
        policy.react(List.of(rollout.recorded(started, 9)));
    }

    @Test
    void thoseOnWhichItFailedGetBackWhatTheyHad() {
        answered(true);
        starts(Rollback.FAILED);
        assertThat(commands.of(RollBackUpdate.class))
                .extracting(RollBackUpdate::deviceId)
                .containsExactlyElementsOf(members.subList(0, 5));
        assertThat(commands.of(RollBackUpdate.class)).allMatch(RollBackUpdate::onlyFailed);
        assertThat(commands.of(CancelForRollout.class)).isEmpty();
        assertThat(commands.of(CompleteRollback.class)).containsExactly(new CompleteRollback(ROLLOUT, 5));
    }

    @Test
    void allThatMayHaveBeenOfferedItAreAskedToStopFirst() {
        rollout.says(new MembersOffered(ROLLOUT, 0, 1_000, 1_000, 0));
        answered(true);
        starts(Rollback.ALL);
        assertThat(commands.of(RollBackUpdate.class))
                .as("with one batch of which nothing was said")
                .hasSize(2_000)
                .noneMatch(RollBackUpdate::onlyFailed);
        DeviceId first = members.getFirst();
        List<Object> ofFirst = commands.all.stream()
                .filter(each -> each instanceof CancelForRollout cancel
                                && cancel.deviceId().equals(first)
                        || each instanceof RollBackUpdate back
                                && back.deviceId().equals(first))
                .toList();
        assertThat(ofFirst).hasSize(2);
        assertThat(ofFirst.getFirst()).isInstanceOf(CancelForRollout.class);
        assertThat(commands.of(CompleteRollback.class)).containsExactly(new CompleteRollback(ROLLOUT, 2_000));
    }

    @Test
    void whoHadNothingIsNotCounted() {
        answered(false);
        starts(Rollback.FAILED);
        assertThat(commands.of(CompleteRollback.class)).containsExactly(new CompleteRollback(ROLLOUT, 0));
    }

    @Test
    void aHouseThatIsTooBusyIsAskedAgain() {
        commands.answer = command -> CompletableFuture.failedFuture(KernelRefusal.OVERLOADED.because("too many"));
        assertThatIllegalStateException().isThrownBy(() -> starts(Rollback.FAILED));
        assertThat(commands.of(CompleteRollback.class)).isEmpty();
    }

    private void fails(@Nullable Instant retryAt) {
        ActionFailed failed =
                new ActionFailed(members.getLast(), 7, OS, false, null, List.of(), null, ROLLOUT, 0, retryAt, null);
        policy.react(List.of(new Recorded(10, "e", Instant.EPOCH, failed, "any", 0, Map.of())));
    }

    @Test
    void whoFailsLaterFollows() {
        answered(true);
        fails(null);
        assertThat(commands.all).as("nothing is rolled back yet").isEmpty();
        starts(Rollback.FAILED);
        commands.all.clear();
        fails(Instant.EPOCH);
        assertThat(commands.all).as("it is tried again").isEmpty();
        fails(null);
        assertThat(commands.of(RollBackUpdate.class))
                .extracting(RollBackUpdate::deviceId)
                .containsExactly(members.getLast());
    }
}
