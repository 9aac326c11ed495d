package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.Fleet;
import dev.muster.updates.RolloutCommand.CompleteRollback;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutOutcomes;
import dev.muster.updates.RolloutPolicy.Rollback;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives a rollout's devices back what they had: those on which it failed, or all that were offered it, which are asked
 * to stop first where it is under way. A device on which it fails later, because it was left to finish, follows then.
 * Each device decides for itself whether there is something to go back to, so a repeated run does nothing twice.
 */
public final class WhenRollbackStartsGiveDevicesBackWhatTheyHad implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollback");

    private final Commands commands;
    private final RolloutRolls rolls;
    private final RolloutOutcomes outcomes;
    private final Fleet fleet;
    private final ReleaseOffers offers;
    private final Positions positions;

    public WhenRollbackStartsGiveDevicesBackWhatTheyHad(
            Commands commands,
            RolloutRolls rolls,
            RolloutOutcomes outcomes,
            Fleet fleet,
            ReleaseOffers offers,
            Positions positions) {
        this.commands = commands;
        this.rolls = rolls;
        this.outcomes = outcomes;
        this.fleet = fleet;
        this.offers = offers;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-rollback-starts-give-devices-back-what-they-had";
    }

    @Override
    public void react(List<Recorded> batch) {
        Map<RolloutId, List<DeviceId>> failed = new LinkedHashMap<>();
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof RollbackStarted started) {
                rollBack(started);
            } else if (recorded.event() instanceof ActionFailed e && e.rollout() != null && e.retryAt() == null) {
                failed.computeIfAbsent(e.rollout(), id -> new ArrayList<>()).add(e.deviceId());
            } else if (recorded.event() instanceof RetryGivenUp e) {
                failed.computeIfAbsent(e.rollout(), id -> new ArrayList<>()).add(e.deviceId());
            }
        }
        failed.forEach((rollout, devices) -> {
            if (rolls.of(rollout).state().rollback() != null) {
                giveBack(devices, rollout, Rollback.FAILED, new AtomicInteger());
            }
        });
    }

    private void rollBack(RollbackStarted started) {
        RolloutId id = started.rolloutId();
        AtomicInteger given = new AtomicInteger();
        // An offer that is under way ends first: what it gives must be taken back, too.
        rolls.alone(id, () -> {
            if (started.scope() == Rollback.ALL) {
                rolls.touched(rolls.of(id), members -> giveBack(members, id, Rollback.ALL, given));
            } else {
                Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
                giveBack(outcomes.failed(id), id, Rollback.FAILED, given);
            }
        });
        Await.done(commands.send(new CompleteRollback(id, given.get()), SYSTEM));
    }

    private void giveBack(List<DeviceId> devices, RolloutId rollout, Rollback scope, AtomicInteger given) {
        BoundedSends.all(
                devices,
                id -> giveBack(id, rollout, scope, given),
                GroupOffers::isAboutTheDevice,
                "not every device could be asked");
    }

    private CompletableFuture<?> giveBack(DeviceId id, RolloutId rollout, Rollback scope, AtomicInteger given) {
        Fleet.Recipient device = fleet.recipient(id);
        if (device == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<?> stopped = scope == Rollback.ALL
                ? commands.send(new CancelForRollout(id, rollout), SYSTEM)
                : CompletableFuture.completedFuture(null);
        return stopped.thenCompose(done -> offers.rollBack(device, rollout, scope == Rollback.FAILED, SYSTEM))
                .thenAccept((@Nullable Assigned assigned) -> {
                    if (assigned != null && assigned.created()) {
                        given.incrementAndGet();
                    }
                });
    }
}
