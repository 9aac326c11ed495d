package dev.muster.updates.modes;

import dev.muster.registry.DeviceId;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.Followings.NativeOffer;
import dev.muster.updates.modes.Selection.Install;
import dev.muster.updates.modes.Selection.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device is offered on a wire of update modes: what its mode gives it, else what an action gives it, under
 * {@link FollowingCommand#ELSEWHERE}. Asked at every poll; never blocks.
 */
public final class Offers {

    private final Selection selection;
    private final SoftwareShelf shelf;
    private final Followings followings;
    private final MaintenanceWindows windows;
    private final int runningMax;

    /** @param runningMax devices that may be at work on an update at once; more are offered nothing */
    public Offers(
            Selection selection,
            SoftwareShelf shelf,
            Followings followings,
            MaintenanceWindows windows,
            int runningMax) {
        this.selection = selection;
        this.shelf = shelf;
        this.followings = followings;
        this.windows = windows;
        this.runningMax = runningMax;
    }

    public Selection selection() {
        return selection;
    }

    /** Devices that may be at work on an update at once. */
    public int runningMax() {
        return runningMax;
    }

    /**
     * Something to install.
     *
     * @param offer as commands speak of it
     * @param action number of the action that gives it, 0 when the mode does
     */
    public record Due(Offer offer, Software software, int action) {

        static Due of(Target target) {
            return new Due(target.offer(), target.software(), 0);
        }

        static Due of(NativeOffer action, Software software) {
            return new Due(
                    new Offer(FollowingCommand.ELSEWHERE, action.release(), null, null), software, action.action());
        }
    }

    /** Why an action cannot be offered on such a wire now. */
    public enum Held {
        /** It is to stop. */
        CANCELING,
        /** A person has to agree first. */
        WAITING,
        /** Its maintenance window is closed. */
        WINDOW_CLOSED,
        /** Its release is more than one file, or was deleted. */
        NOT_ONE_FILE
    }

    /** Whether the device has yet to say what it is: until then it is asked for that, and offered nothing. */
    public static boolean isToDescribeItself(Following device) {
        return device.state() == FollowState.UNKNOWN;
    }

    /** What is to be installed now; null when nothing is. */
    public @Nullable Due due(Following device, Instant now) {
        // Who is at work on an action is not drawn away from it: its last word would find nothing to be about.
        if (isAtWorkElsewhere(device)) {
            NativeOffer read = read(device, now);
            Due action = read != null && held(read, now) == null ? given(read) : action(device.deviceId(), now);
            if (action != null) {
                return action;
            }
        }
        if (selection.decide(device) instanceof Install install) {
            return Due.of(install.target());
        }
        return device.stopped() ? null : action(device.deviceId(), now);
    }

    /** Whether what the device installs at this moment came from an action. */
    public static boolean isAtWorkElsewhere(Following device) {
        return device.state() == FollowState.RUNNING && device.offered() == FollowingCommand.ELSEWHERE;
    }

    /** The first action that gives one file and may be worked on now. */
    public @Nullable Due action(DeviceId id, Instant now) {
        for (NativeOffer each : followings.actions(id)) {
            Due due = held(each, now) == null ? given(each) : null;
            if (due != null) {
                return due;
            }
        }
        return null;
    }

    /**
     * The action that the device speaks of under {@link FollowingCommand#ELSEWHERE}: what it read last, also when it may
     * not begin with that any more, for its window closed or it is to stop; before it read anything, the first that may
     * be worked on. Null when there is none.
     */
    public @Nullable Due spokenOf(Following device, Instant now) {
        if (device.offered() != FollowingCommand.ELSEWHERE || device.offeredRelease() == null) {
            return action(device.deviceId(), now);
        }
        NativeOffer read = read(device, now);
        return read == null ? null : given(read);
    }

    /** The action whose software the device read last, rather one that nothing keeps now; null when it is over. */
    private @Nullable NativeOffer read(Following device, Instant now) {
        NativeOffer kept = null;
        for (NativeOffer each : followings.actions(device.deviceId())) {
            if (each.release().id().equals(device.offeredRelease())) {
                if (held(each, now) == null) {
                    return each;
                }
                kept = kept == null ? each : kept;
            }
        }
        return kept;
    }

    private @Nullable Due given(NativeOffer action) {
        Software software = shelf.of(action.release().id());
        return software == null ? null : Due.of(action, software);
    }

    /** What keeps an action from being offered; null when nothing does. */
    public @Nullable Held held(NativeOffer action, Instant now) {
        if (action.canceling()) {
            return Held.CANCELING;
        }
        if (action.waiting()) {
            return Held.WAITING;
        }
        if (action.window() != null && !windows.at(action.window(), now).open()) {
            return Held.WINDOW_CLOSED;
        }
        return shelf.of(action.release().id()) == null ? Held.NOT_ONE_FILE : null;
    }

    /** Whether one more device may begin, or this one has begun. */
    public boolean hasPlace(Following device) {
        return Selection.hasPlace(device, followings.running(), runningMax);
    }

    /**
     * What a download without a number means: while the device is at work, what it read last, so that another target does
     * not change the bytes under it; else what it is meant to have, due or not. Null when that is nothing.
     */
    public @Nullable Software download(Following device, Instant now) {
        if (device.state() == FollowState.RUNNING && device.offered() > 0) {
            Software offered = shelf.find(device.offered());
            if (offered != null) {
                return offered;
            }
        }
        boolean atWork = isAtWorkElsewhere(device);
        Due action = atWork ? spokenOf(device, now) : action(device.deviceId(), now);
        if (atWork && action != null) {
            return action.software();
        }
        Target target = selection.target(device);
        if (target != null) {
            return target.software();
        }
        return action == null ? null : action.software();
    }
}
