package dev.muster.updates.modes.command;

import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.FollowingEvent.FeedSet;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingForgotten;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.ForceSet;
import dev.muster.updates.modes.FollowingEvent.ModeChosen;
import dev.muster.updates.modes.FollowingEvent.SoftwareOffered;
import dev.muster.updates.modes.FollowingEvent.SoftwareVersionReported;
import dev.muster.updates.modes.UpdateMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is remembered of one device's update mode, folded from its events. */
final class FollowingState {

    /** Offers that the device read and never ended are forgotten when it read so many later ones. */
    private static final int OPEN_MAX = 8;

    UpdateMode mode = UpdateMode.ROLLOUT;

    @Nullable
    String feed = FollowingCommand.FEED_DEFAULT;

    @Nullable
    Long assigned;

    boolean force;

    /** Null before the first update. */
    @Nullable
    FollowState state;

    /** What the device read or began and has not ended, by number, oldest first. */
    final Map<Long, Offer> open = new LinkedHashMap<>();

    /** What it is at work on. */
    @Nullable
    Offer running;

    /** What it ended last. */
    @Nullable
    Offer ended;

    /** The version it said or got, whichever came last. */
    @Nullable
    String version;

    /** When {@link #version} came from an update that succeeded; null when the device said it. */
    @Nullable
    Instant confirmedAt;

    /** When the running update was last heard of. */
    @Nullable
    Instant heardAt;

    /** How many words that change nothing came since the update began. */
    int words;

    /** When anything happened last; null when nothing ever did. */
    @Nullable
    Instant changedAt;

    /** Whether nothing is to be forgotten. */
    boolean fresh = true;

    void after(FollowingEvent event, Instant at) {
        changedAt = at;
        fresh = event instanceof FollowingForgotten;
        switch (event) {
            case ModeChosen e -> {
                mode = e.mode();
                feed = e.feed();
                assigned = e.software();
            }
            case FeedSet e -> feed = e.feed();
            case ForceSet e -> force = e.force();
            case SoftwareOffered e -> opened(new Offer(e.software(), e.release(), e.version(), e.rollout()));
            case FollowingStarted e -> {
                running = new Offer(e.software(), e.release(), e.version(), null);
                opened(running);
                state = FollowState.RUNNING;
                heardAt = at;
                words = 0;
            }
            case FollowingReported e -> {
                heardAt = at;
                words++;
            }
            case FollowingFinished e -> {
                ended(e.software());
                state = FollowState.FINISHED;
                if (e.version() != null) {
                    version = e.version();
                    confirmedAt = at;
                }
            }
            case FollowingFailed e -> {
                if (!e.timedOut()) {
                    ended(e.software());
                }
                running = null;
                state = FollowState.ERROR;
            }
            case SoftwareVersionReported e -> {
                version = e.version();
                confirmedAt = null;
            }
            case FollowingForgotten e -> forget();
        }
    }

    private void opened(Offer offer) {
        open.remove(offer.software());
        open.put(offer.software(), offer);
        if (open.size() > OPEN_MAX) {
            open.remove(open.keySet().iterator().next());
        }
    }

    /** The device's own word ends an update, and with it what somebody forced. */
    private void ended(long software) {
        Offer offer = open.remove(software);
        if (offer != null) {
            ended = offer;
        }
        running = null;
        force = false;
    }

    private void forget() {
        mode = UpdateMode.ROLLOUT;
        feed = FollowingCommand.FEED_DEFAULT;
        assigned = null;
        force = false;
        state = null;
        open.clear();
        running = null;
        ended = null;
        version = null;
        confirmedAt = null;
        heardAt = null;
        words = 0;
    }
}
