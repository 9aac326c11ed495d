package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Phase;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.CancelForRollout;
import dev.muster.updates.ActionCommand.GiveUpRetry;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.command.ReleaseOffers.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device on which a rollout failed gets the release again after a while, as often as the rollout's plan says. While the
 * rollout is paused the device waits on. What cannot be tried any more, because the rollout ended, the release was
 * invalidated or the device is held back, left, or has something else, is given up, and counts as failed then.
 */
public final class WhenActionFailsTryItAgain implements Policy {

    static final Duration PAUSE_LOOKED_AT_EVERY = Duration.ofSeconds(30);

    private static final String OWNER = "action-retry";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:retry");

    private final Timers timers;
    private final Commands commands;
    private final History history;
    private final RolloutRolls rolls;
    private final Fleet fleet;
    private final Catalogue catalogue;
    private final ReleaseOffers offers;
    private final Clock clock;

    public WhenActionFailsTryItAgain(
            Timers timers,
            Commands commands,
            History history,
            RolloutRolls rolls,
            Fleet fleet,
            Catalogue catalogue,
            ReleaseOffers offers,
            Clock clock) {
        this.timers = timers;
        this.commands = commands;
        this.history = history;
        this.rolls = rolls;
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.offers = offers;
        this.clock = clock;
        timers.onDue(OWNER, this::due);
    }

    @Override
    public String name() {
        return "when-action-fails-try-it-again";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof ActionFailed e && e.retryAt() != null) {
                byte[] payload = e.rollout() == null ? new byte[0] : payload(e.rollout());
                timers.set(OWNER, ActionKeys.of(e.deviceId(), e.action()), e.retryAt(), payload);
            } else if (recorded.event() instanceof RetryGivenUp e) {
                timers.cancel(OWNER, ActionKeys.of(e.deviceId(), e.action()));
            }
        }
    }

    private void due(String key, byte[] payload) {
        RolloutId known = payload.length == 0 ? null : RolloutId.parse(new String(payload, StandardCharsets.US_ASCII));
        if (known != null && isPaused(rolls.of(known))) {
            // Of a hundred thousand that wait none has its own history read for that.
            timers.set(OWNER, key, clock.instant().plus(PAUSE_LOOKED_AT_EVERY), payload);
            return;
        }
        ActionKeys of = ActionKeys.parse(key);
        ActionAssigned failed = assigned(of.device(), of.action());
        RolloutId rollout = failed == null ? null : failed.rollout();
        if (failed == null || rollout == null) {
            giveUp(of);
            return;
        }
        Roll roll = rolls.of(rollout);
        if (isPaused(roll)) {
            timers.set(OWNER, key, clock.instant().plus(PAUSE_LOOKED_AT_EVERY), payload(rollout));
        } else if (!goesOn(roll) || !isGiven(failed, rollout, roll.plan())) {
            giveUp(of);
        } else if (!goesOn(rolls.of(rollout)) && !isPaused(rolls.of(rollout))) {
            // It ended in that very moment, and whoever asked its devices to stop may have asked this one before.
            Await.done(commands.send(new CancelForRollout(of.device(), rollout), SYSTEM));
        }
    }

    private static boolean isPaused(Roll roll) {
        return roll.phase() == Phase.PAUSED && roll.state().rollback() == null;
    }

    private static boolean goesOn(Roll roll) {
        return roll.phase() == Phase.RUNNING && roll.state().rollback() == null;
    }

    private static byte[] payload(RolloutId rollout) {
        return rollout.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the device has its next try, made now or by an earlier, interrupted run of this. */
    private boolean isGiven(ActionAssigned failed, RolloutId rollout, RolloutPlan plan) {
        Fleet.Recipient device = fleet.recipient(failed.deviceId());
        Catalogue.Release release = catalogue.find(failed.release().id());
        Tries tries = failed.tries();
        Integer group = failed.group();
        if (device == null || release == null || !release.usable() || tries == null) {
            return false;
        }
        Terms terms = Terms.of(plan, rollout, group == null ? 0 : group, tries.attempt() + 1);
        try {
            Assigned assigned = Await.done(offers.offer(release, terms).to(device, SYSTEM));
            return assigned.created();
        } catch (RuntimeException e) {
            if (!GroupOffers.isAboutTheDevice(e)) {
                throw e;
            }
            return false;
        }
    }

    private void giveUp(ActionKeys of) {
        Await.done(commands.send(new GiveUpRetry(of.device(), of.action()), SYSTEM));
    }

    /** What was ordered then, from the device's own history; null if it was never. */
    private @Nullable ActionAssigned assigned(DeviceId device, int action) {
        for (Recorded each : history.of("updates/" + device)) {
            if (each.event() instanceof ActionAssigned e && e.action() == action) {
                return e;
            }
        }
        return null;
    }
}
