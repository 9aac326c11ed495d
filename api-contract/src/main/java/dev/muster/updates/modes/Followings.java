package dev.muster.updates.modes;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionType;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every device with its update mode, in memory on each node. */
public interface Followings {

    /** At most this many bytes of a device's log are shown: the last ones. */
    int LOG_BYTES_MAX = 1 << 20;

    /** Null for a device that is not registered. Never blocks. */
    @Nullable
    Following find(DeviceId id);

    /** How many devices are {@link FollowState#RUNNING}. Never blocks, never counts. */
    int running();

    /**
     * Its log since its running or last update began, lines ended with a line feed, at most {@link #LOG_BYTES_MAX} in
     * UTF-8, the oldest lines left out; null when it never said anything. Read from the log of events: blocking, call
     * it off the event loop.
     */
    @Nullable
    String log(DeviceId id);

    /**
     * The device's actions that it has yet to install, the one to be worked on first: what a wire without actions
     * offers as {@link FollowingCommand#ELSEWHERE} when {@link Selection} has nothing. Never blocks.
     */
    List<NativeOffer> actions(DeviceId id);

    /**
     * An action as such a wire needs it. What the device says of it is sent as
     * {@link dev.muster.updates.ActionCommand.ReportFeedback}, and as {@link FollowingCommand.ReportFollowing} with
     * {@link FollowingCommand#ELSEWHERE} for its log and state.
     *
     * @param release what it gives; {@link SoftwareShelf#of} has the file, if it is a single one
     * @param window when it may be installed, or null for always
     * @param waiting whether a person has to agree first: not to be offered
     * @param canceling whether the device is asked to stop; a wire that cannot ask ends it with
     *     {@link dev.muster.updates.ActionCommand.ReportCancelFeedback} when the device is not at work on it
     */
    record NativeOffer(
            int action,
            ReleaseRef release,
            ActionType type,
            @Nullable MaintenanceWindow window,
            boolean waiting,
            boolean canceling) {}
}
