package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import dev.muster.kernel.Timers;
import dev.muster.staging.command.GroupState;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.RecordOffer;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy.Rate;
import dev.muster.updates.StopCause;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.ReleaseOffers.Offer;
import dev.muster.updates.command.ReleaseOffers.Terms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Offers the release to members of started groups, in the order in which they were named.
 *
 * <p>How far a group is stands in the rollout's history: after each batch the rollout is told, and its answer says
 * whether to go on. So one that is paused or stopped ends an offer within one batch, one that goes on, or a server that
 * died, begins where it was, and a batch that is repeated finds the actions it made before and makes no second ones. A
 * device that has the release already, left, or is refused counts as skipped.
 *
 * <p>With a rate each call offers one slice at most and sets a timer for the next, see {@link Pace}; so does one that
 * fails. The timer is set before its predecessor is forgotten, and whoever stops the rollout need not look for it: a
 * timer of a rollout that stands still does nothing.
 */
public final class GroupOffers {

    /** Members that are offered the release before anybody asks whether to go on. */
    static final int BATCH_MAX = 1000;

    static final Duration AFTER_FAILURE = Duration.ofSeconds(15);

    private static final String OWNER = "rollout-rate";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout");

    private final Commands commands;
    private final RolloutRolls rolls;
    private final Catalogue catalogue;
    private final ReleaseOffers offers;
    private final BulkOffers bulks;
    private final Timers timers;
    private final Clock clock;

    public GroupOffers(
            Commands commands,
            RolloutRolls rolls,
            Fleet fleet,
            Catalogue catalogue,
            ReleaseOffers offers,
            Timers timers,
            Clock clock) {
        this.commands = commands;
        this.rolls = rolls;
        this.catalogue = catalogue;
        this.offers = offers;
        this.bulks = new BulkOffers(commands, fleet);
        this.timers = timers;
        this.clock = clock;
        timers.onDue(OWNER, (key, payload) -> {
            RolloutId id = RolloutId.parse(key);
            // Where nothing waits nobody is waited for: what is being rolled back is its own for a long while.
            if (!rolls.of(id).waiting().isEmpty()) {
                goOn(id);
            }
        });
    }

    /**
     * Offers what may be offered now, and sees to it that the rest follows, also when this fails: an event that keeps
     * failing is put aside in the end, the rollout is not. Blocks until that is done.
     */
    void goOn(RolloutId id) {
        try {
            offerAlone(id);
        } catch (RuntimeException e) {
            timers.set(OWNER, id.toString(), clock.instant().plus(AFTER_FAILURE), new byte[0]);
            throw e;
        }
    }

    private void offerAlone(RolloutId id) {
        rolls.alone(id, () -> {
            Roll roll = rolls.of(id);
            Instant again = null;
            for (int group : roll.waiting()) {
                Served served = serve(roll, group);
                if (!served.goOn()) {
                    return;
                }
                Instant due = served.again();
                again = again == null || due != null && due.isBefore(again) ? due : again;
            }
            if (again != null) {
                timers.set(OWNER, id.toString(), again, new byte[0]);
            }
        });
    }

    /** @param again when more of the group is due, null when that is nothing one waits for */
    private record Served(boolean goOn, @Nullable Instant again) {}

    private Served serve(Roll roll, int group) {
        GroupState state = roll.group(group);
        int from = state.reach().reached();
        Rate rate = roll.plan().care().rate();
        if (rate == null || from == state.size()) {
            return new Served(offered(roll, group, from, state.size()), null);
        }
        Instant now = clock.instant();
        Pace pace = Pace.of(rate, roll.ran(group, now), roll.groups().get(group).offeredAt(), now);
        if (pace.due().isAfter(now)) {
            return new Served(true, pace.due());
        }
        int upTo = (int) Math.min(state.size(), (long) from + pace.devices());
        boolean goOn = offered(roll, group, from, upTo);
        return new Served(goOn, upTo == state.size() ? null : pace.next());
    }

    /** Whether to go on. */
    private boolean offered(Roll roll, int group, int from, int upTo) {
        Catalogue.Release release = catalogue.find(roll.plan().release().id());
        if (release != null && !release.valid()) {
            // What stops it everywhere may not have come to this rollout yet. Finished with all devices passed over is
            // another end than stopped, and must not depend on which of the two is quicker.
            Await.done(commands.send(new AbortRollout(roll.id(), StopCause.RELEASE_INVALIDATED), SYSTEM));
            return false;
        }
        if (release == null || release.deleted()) {
            int size = roll.group(group).size();
            return told(new RecordOffer(roll.id(), group, from, size, 0, size - from));
        }
        if (from == upTo) {
            return told(new RecordOffer(roll.id(), group, from, upTo, 0, 0));
        }
        Offer offer = offers.offer(release, Terms.of(roll.plan(), roll.id(), group));
        for (int at = from; at < upTo; ) {
            int end = Math.min(upTo, at + BATCH_MAX);
            int offered = bulks.given(rolls.members(roll, group, at, end), offer);
            if (!told(new RecordOffer(roll.id(), group, at, end, offered, end - at - offered))) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private boolean told(RecordOffer offer) {
        return Boolean.TRUE.equals(Await.done(commands.<Boolean>send(offer, SYSTEM)));
    }

    /** A house that is too busy, or late with its numbers, has not judged the device: it is asked again. */
    static boolean isAboutTheDevice(Throwable failure) {
        return Refused.isAnswer(failure) && !Refused.is(failure, UpdatesRefusal.NUMBER_OUT_OF_ORDER);
    }
}
