package dev.muster.updates.modes.query;

import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.updates.DeviceAttributes;
import dev.muster.updates.Hardware;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.FollowingCommand;
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
import dev.muster.updates.query.Slots;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How what happens to a device changes what is kept of its update mode. One thread only. */
final class FollowingChanges {

    private static final int FULL = 100;

    private final Slots slots = new Slots();

    /**
     * A version among the attributes counts when it is another than the one before it, and not right after an update
     * succeeded. One that is missing says nothing.
     */
    FollowingCell after(FollowingCell before, AttributesReported event, Instant at) {
        FollowingCell next = before.copy();
        Hardware hardware = ReportedHardware.of(event.attributes());
        next.hardware = new Hardware(slots.shared(hardware.model()), slots.shared(hardware.revision()));
        next.described = true;
        if (next.state == FollowState.UNKNOWN) {
            next.state = FollowState.REGISTERED;
        }
        String said = slots.sharedOrNull(event.attributes().get(DeviceAttributes.VERSION));
        if (said != null && !said.equals(before.attribute) && !isJustConfirmed(before, at)) {
            next.version = said;
            next.confirmedAt = 0;
        }
        next.attribute = said;
        return next;
    }

    private static boolean isJustConfirmed(FollowingCell cell, Instant at) {
        return cell.confirmedAt != 0
                && at.toEpochMilli() < cell.confirmedAt + FollowingCommand.CONFIRMED_FOR.toMillis();
    }

    FollowingCell after(FollowingCell before, FollowingEvent event, long sequence, Instant at) {
        FollowingCell next = before.copy();
        switch (event) {
            case ModeChosen e -> {
                next.mode = e.mode();
                next.feed = slots.sharedOrNull(e.feed());
                next.assigned = e.software();
            }
            case FeedSet e -> next.feed = slots.sharedOrNull(e.feed());
            case ForceSet e -> next.force = e.force();
            case SoftwareOffered e -> {
                next.offered = e.software();
                next.offeredRelease = e.release().id();
            }
            case FollowingStarted e -> {
                next.state = FollowState.RUNNING;
                next.silent = false;
                next.progress = 0;
                next.offered = e.software();
                next.offeredRelease = e.release().id();
                next.beginLog(sequence);
            }
            case FollowingReported e -> {}
            case FollowingFinished e -> {
                ended(next, e.software(), FollowState.FINISHED);
                if (e.version() != null) {
                    next.version = slots.shared(e.version());
                    next.confirmedAt = at.toEpochMilli();
                }
            }
            case FollowingFailed e -> {
                if (e.timedOut()) {
                    next.state = FollowState.ERROR;
                    next.silent = true;
                } else {
                    ended(next, e.software(), FollowState.ERROR);
                }
            }
            case SoftwareVersionReported e -> {
                next.version = slots.sharedOrNull(e.version());
                next.confirmedAt = 0;
            }
            case FollowingForgotten e -> forgotten(next);
        }
        logged(next, FollowingLog.messages(event), sequence);
        if (event instanceof FollowingFinished) {
            next.progress = FULL;
        }
        return next;
    }

    /** The device's own word ends what somebody forced. */
    private static void ended(FollowingCell next, long software, FollowState state) {
        next.state = state;
        next.silent = false;
        next.force = false;
        if (next.offered == software) {
            next.offered = 0;
            next.offeredRelease = null;
        }
    }

    private static void logged(FollowingCell next, @Nullable List<String> messages, long sequence) {
        if (messages != null) {
            next.growLog(sequence, FollowingLog.size(messages));
            Integer progress = LogProgress.in(messages);
            if (progress != null) {
                next.progress = progress;
            }
        }
    }

    /** What the device is and what it has is its own. */
    private static void forgotten(FollowingCell next) {
        next.mode = UpdateMode.ROLLOUT;
        next.feed = FollowingCommand.FEED_DEFAULT;
        next.assigned = null;
        next.force = false;
        next.state = next.described ? FollowState.REGISTERED : FollowState.UNKNOWN;
        next.silent = false;
        next.progress = null;
        next.offered = 0;
        next.offeredRelease = null;
        next.confirmedAt = 0;
        next.forgetLog();
    }
}
