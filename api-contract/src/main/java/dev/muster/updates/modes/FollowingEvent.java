package dev.muster.updates.modes;

import dev.muster.registry.DeviceId;
import dev.muster.updates.Feedback;
import dev.muster.updates.ReleaseRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a device in its update mode. {@code software} is the number the device spoke of. {@code messages}
 * are the device's log lines: null when it sent none.
 */
public sealed interface FollowingEvent {

    DeviceId deviceId();

    /** Mode, feed and assigned software as they are now. */
    record ModeChosen(
            DeviceId deviceId,
            UpdateMode mode,
            @Nullable String feed,
            @Nullable Long software) implements FollowingEvent {}

    record FeedSet(DeviceId deviceId, @Nullable String feed) implements FollowingEvent {}

    record ForceSet(DeviceId deviceId, boolean force) implements FollowingEvent {}

    /** The device read what it shall install; version and rollout as in {@link FollowingCommand.Offer}. */
    record SoftwareOffered(
            DeviceId deviceId,
            long software,
            ReleaseRef release,
            @Nullable String version,
            @Nullable Long rollout) implements FollowingEvent {}

    /** The device is at work: its log begins anew. */
    record FollowingStarted(
            DeviceId deviceId,
            long software,
            ReleaseRef release,
            @Nullable String version,
            @Nullable List<String> messages)
            implements FollowingEvent {}

    /** The device said something that changes nothing but its log. */
    record FollowingReported(
            DeviceId deviceId,
            long software,
            Feedback.Execution execution,
            Feedback.Finished finished,
            @Nullable List<String> messages)
            implements FollowingEvent {}

    /**
     * The device installed the software.
     *
     * @param version what it has now; null when that is not known: the software is gone, or an action's
     * @param rollout number of the feed's rollout that counts it, or null when none does
     */
    record FollowingFinished(
            DeviceId deviceId,
            long software,
            @Nullable String version,
            @Nullable Long rollout,
            @Nullable List<String> messages)
            implements FollowingEvent {}

    /** The device failed to install the software; {@code timedOut}: nobody said so, it fell silent. */
    record FollowingFailed(
            DeviceId deviceId,
            long software,
            @Nullable Long rollout,
            boolean timedOut,
            @Nullable List<String> messages) implements FollowingEvent {}

    /** The device said which version it has; null: none. */
    record SoftwareVersionReported(
            DeviceId deviceId, @Nullable String version) implements FollowingEvent {}

    record FollowingForgotten(DeviceId deviceId) implements FollowingEvent {}
}
