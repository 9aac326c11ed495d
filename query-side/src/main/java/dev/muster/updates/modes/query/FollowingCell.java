package dev.muster.updates.modes.query;

import dev.muster.registry.DeviceId;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.Followings;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.UpdateMode;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one device's update mode, in some hundred bytes. Changed only on a fresh {@link #copy()} that nobody
 * else has seen.
 */
final class FollowingCell {

    final DeviceId id;
    UpdateMode mode = UpdateMode.ROLLOUT;

    @Nullable
    String feed = FollowingCommand.FEED_DEFAULT;

    @Nullable
    Long assigned;

    boolean force;
    FollowState state = FollowState.UNKNOWN;
    boolean silent;

    @Nullable
    Integer progress;

    @Nullable
    String version;

    /** The version among its attributes, as it was last reported. */
    @Nullable
    String attribute;

    /** When {@link #version} came from an update, in epoch milliseconds; 0 when the device said it. */
    long confirmedAt;

    Hardware hardware = Software.UNNAMED;
    long offered;

    /** Of {@link #offered}. */
    @Nullable
    ReleaseId offeredRelease;

    /** Whether it ever reported attributes. */
    boolean described;

    /** Sequence number of the event that the log is read from; negative when there is none. */
    private long logFrom = -1;
    /** Where the younger part of the log begins, which has {@link #logBytes} bytes. */
    private long logMark;

    private long logBytes;

    FollowingCell(DeviceId id) {
        this.id = id;
    }

    FollowingCell copy() {
        FollowingCell copy = new FollowingCell(id);
        copy.mode = mode;
        copy.feed = feed;
        copy.assigned = assigned;
        copy.force = force;
        copy.state = state;
        copy.silent = silent;
        copy.progress = progress;
        copy.version = version;
        copy.attribute = attribute;
        copy.confirmedAt = confirmedAt;
        copy.hardware = hardware;
        copy.offered = offered;
        copy.offeredRelease = offeredRelease;
        copy.described = described;
        copy.logFrom = logFrom;
        copy.logMark = logMark;
        copy.logBytes = logBytes;
        return copy;
    }

    Following view() {
        return new Following(
                id, mode, feed, assigned, force, state, silent, progress, version, hardware, offered, offeredRelease);
    }

    /** Sequence number of the event that the log is read from; negative for an empty one. */
    long logFrom() {
        return logFrom;
    }

    /** The log begins anew with this event. */
    void beginLog(long sequence) {
        logFrom = sequence;
        logMark = sequence;
        logBytes = 0;
    }

    /**
     * The event adds so many bytes. The log is kept in two parts: when the younger one is as long as all that is ever
     * shown, the older one is let go, so that a reader never reads more than twice of what is shown.
     */
    void growLog(long sequence, long bytes) {
        if (logFrom < 0) {
            beginLog(sequence);
        }
        logBytes += bytes;
        if (logBytes >= Followings.LOG_BYTES_MAX) {
            logFrom = logMark;
            logMark = sequence + 1;
            logBytes = 0;
        }
    }

    void forgetLog() {
        logFrom = -1;
        logBytes = 0;
    }
}
