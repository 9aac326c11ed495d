package dev.muster.updates.goosebit;

import dev.muster.registry.DeviceId;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.Followings.NativeOffer;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.modes.Selection.Install;
import dev.muster.updates.modes.Selection.Target;
import dev.muster.updates.modes.Software;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device is offered: what its mode gives it, else what an action gives it, under the number −1 (contract §2.5,
 * §2.8, §3).
 */
final class Offers {

    private final GoosebitPorts ports;
    private final Selection selection;
    private final int concurrentMax;

    Offers(GoosebitPorts ports, GoosebitSettings settings) {
        this.ports = ports;
        this.selection = new Selection(ports.shelf(), ports.rollouts());
        this.concurrentMax = settings.concurrentMax();
    }

    Selection selection() {
        return selection;
    }

    /**
     * Something to install.
     *
     * @param offer as commands speak of it
     * @param action number of the action that gives it, 0 when the mode does
     */
    record Due(Offer offer, Software software, int action) {

        static Due of(Target target) {
            return new Due(target.offer(), target.software(), 0);
        }

        static Due of(NativeOffer action, Software software) {
            return new Due(
                    new Offer(FollowingCommand.ELSEWHERE, action.release(), null, null), software, action.action());
        }
    }

    /** What is to be installed now; null when nothing is. */
    @Nullable
    Due due(Following device, Instant now) {
        // Who is at work on an action is not drawn away from it: its last word would find nothing to be about.
        if (isAtWorkElsewhere(device)) {
            Due action = action(device.deviceId(), now);
            if (action != null) {
                return action;
            }
        }
        if (selection.decide(device) instanceof Install install) {
            return Due.of(install.target());
        }
        return device.stopped() ? null : action(device.deviceId(), now);
    }

    private static boolean isAtWorkElsewhere(Following device) {
        return device.state() == FollowState.RUNNING && device.offered() == FollowingCommand.ELSEWHERE;
    }

    /** The first action that gives one file and may be worked on now. */
    @Nullable
    Due action(DeviceId id, Instant now) {
        for (NativeOffer each : ports.followings().actions(id)) {
            boolean isOpen = !each.waiting()
                    && !each.canceling()
                    && (each.window() == null
                            || ports.windows().at(each.window(), now).open());
            Software software = isOpen ? ports.shelf().of(each.release().id()) : null;
            if (software != null) {
                return Due.of(each, software);
            }
        }
        return null;
    }

    /** Whether one more device may begin, or this one has begun. */
    boolean hasPlace(Following device) {
        return Selection.hasPlace(device, ports.followings().running(), concurrentMax);
    }

    /**
     * What a download without a number means: while the device is at work, what it read last, so that another target does
     * not change the bytes under it; else what it is meant to have, due or not. Null when that is nothing.
     */
    @Nullable
    Software download(Following device, Instant now) {
        if (device.state() == FollowState.RUNNING && device.offered() > 0) {
            Software offered = ports.shelf().find(device.offered());
            if (offered != null) {
                return offered;
            }
        }
        Due action = action(device.deviceId(), now);
        if (isAtWorkElsewhere(device) && action != null) {
            return action.software();
        }
        Target target = selection.target(device);
        if (target != null) {
            return target.software();
        }
        return action == null ? null : action.software();
    }
}
