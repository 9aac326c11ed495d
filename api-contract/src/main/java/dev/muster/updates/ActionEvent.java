package dev.muster.updates;

import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to the updates of one device. */
public sealed interface ActionEvent {

    DeviceId deviceId();

    /**
     * {@code waiting}: a person at the device must agree first. {@code before}: what it had when it was given this, null
     * if that is unknown. {@code rollsBack}: the rollout that this undoes.
     */
    record ActionAssigned(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            boolean migrationStep,
            ActionType type,
            @Nullable Instant forcedAt,
            @Nullable Integer weight,
            @Nullable MaintenanceWindow window,
            boolean waiting,
            @Nullable Duration timeout,
            @Nullable RolloutId rollout,
            @Nullable Integer group,
            ActionCommand.@Nullable Tries tries,
            @Nullable Duration healthyWithin,
            @Nullable ReleaseRef before,
            @Nullable RolloutId rollsBack)
            implements ActionEvent {}

    record ActionConfirmed(
            DeviceId deviceId, int action, @Nullable Integer code, List<String> messages, boolean automatic)
            implements ActionEvent {}

    record ActionDenied(
            DeviceId deviceId, int action, @Nullable Integer code, List<String> messages) implements ActionEvent {}

    /** The device has read what it shall do; {@code canceling} when it read that it shall stop. */
    record ActionRetrieved(DeviceId deviceId, int action, boolean canceling) implements ActionEvent {}

    /** A step on the way: {@code status} is one of RUNNING, DOWNLOAD, DOWNLOADED, WARNING, CANCELED. */
    record ActionProgressed(
            DeviceId deviceId,
            int action,
            ActionStatus status,
            @Nullable Integer done,
            @Nullable Integer of,
            @Nullable Integer code,
            List<String> messages,
            @Nullable Long deviceTime)
            implements ActionEvent {}

    /** The device says that it installed the release; it counts when it reports the version by {@code provenBy}. */
    record ActionInstalled(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            @Nullable Integer code,
            List<String> messages,
            @Nullable Long deviceTime,
            Instant provenBy,
            @Nullable RolloutId rollout,
            @Nullable Integer group)
            implements ActionEvent {}

    /** While an action waits for proof of health, or may come to, the device says that it runs another version. */
    record OtherVersionReported(DeviceId deviceId, int action, String version) implements ActionEvent {}

    /**
     * The device installed the release. {@code installed}: it said so in {@link ActionInstalled} before; null, as in old
     * history, is no. {@link ActionFailed} and {@link ActionCanceled} mean the same by it.
     */
    record ActionFinished(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            @Nullable Integer code,
            List<String> messages,
            @Nullable Long deviceTime,
            @Nullable RolloutId rollout,
            @Nullable Integer group,
            @Nullable Boolean installed)
            implements ActionEvent {}

    /**
     * The device, or its silence, ended the action without success. {@code retryAt}: when it is tried again; until then
     * it does not count as failed. Null when that was the last try.
     */
    record ActionFailed(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            boolean timedOut,
            @Nullable Integer code,
            List<String> messages,
            @Nullable Long deviceTime,
            @Nullable RolloutId rollout,
            @Nullable Integer group,
            @Nullable Instant retryAt,
            @Nullable Boolean installed)
            implements ActionEvent {}

    /**
     * The action that failed is not tried again after all: something else was given, the device left, or the rollout
     * ended. Only now it counts as failed, for the reason it failed for.
     */
    record RetryGivenUp(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            boolean timedOut,
            @Nullable Integer code,
            List<String> messages,
            RolloutId rollout,
            int group)
            implements ActionEvent {}

    /** A download-only action reached its end. */
    record ActionDownloaded(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            @Nullable Integer code,
            List<String> messages,
            @Nullable Long deviceTime,
            @Nullable RolloutId rollout,
            @Nullable Integer group)
            implements ActionEvent {}

    record ActionCancelRequested(DeviceId deviceId, int action, ActionCommand.CancelCause cause)
            implements ActionEvent {}

    /** A device's word on a cancel that does not end it: RUNNING or WARNING. */
    record CancelProgressed(
            DeviceId deviceId,
            int action,
            ActionStatus status,
            @Nullable Integer code,
            List<String> messages) implements ActionEvent {}

    /** The device goes on with the update: CANCEL_REJECTED or ERROR. */
    record CancelRejected(
            DeviceId deviceId,
            int action,
            ActionStatus status,
            @Nullable Integer code,
            List<String> messages) implements ActionEvent {}

    /** {@code forced}: without the device's word. */
    record ActionCanceled(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            boolean forced,
            @Nullable Integer code,
            List<String> messages,
            @Nullable RolloutId rollout,
            @Nullable Integer group,
            @Nullable Boolean installed)
            implements ActionEvent {}

    record AutoConfirmActivated(
            DeviceId deviceId,
            @Nullable String initiator,
            @Nullable String remark,
            Instant at) implements ActionEvent {}

    record AutoConfirmDeactivated(DeviceId deviceId) implements ActionEvent {}

    record DeviceHeldBack(DeviceId deviceId, String reason) implements ActionEvent {}

    record DeviceLetGo(DeviceId deviceId) implements ActionEvent {}

    /** The device runs this without having got it from here. */
    record InstalledDeclared(DeviceId deviceId, int action, ReleaseRef release) implements ActionEvent {}
}
