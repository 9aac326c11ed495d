package dev.muster.updates;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked about the updates of one device. All actions of a device are decided in one place, because they
 * push each other aside.
 */
public sealed interface ActionCommand extends AggregateCommand {

    DeviceId deviceId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "updates/" + deviceId();
    }

    /**
     * Gives the device a release. Answers {@link Assigned}; a release that the device already has or is getting makes
     * no new action, unless {@code again}.
     *
     * @param action number drawn for the new action; larger than any earlier of this device
     * @param compatibility hardware that each module fits; an empty inner list fits all
     * @param hardware what the device reported
     * @param returnedAt since when a device that had left is back; what came before was another's. Null if it never left
     * @param confirm whether a person at the device must agree first
     * @param autoClose whether older actions end at once instead of waiting for the device
     * @param timeout silence after which the action counts as failed, or null for never
     * @param tries which try this is and what follows a failure, or null for the only one. A later try than the first
     *     makes an action only when the try before it failed and nothing else was given since
     * @param healthyWithin as in {@link RolloutPolicy#healthyWithin}, or null
     * @param again whether what the device has is installed once more, because it may have been changed behind our back;
     *     then only an action of the same type that nobody has to agree to serves the wish already
     * @param standing whether a standing assignment wants it; as a rollout's wish, it is refused with {@link
     *     UpdatesRefusal#DEVICE_HELD_BACK} while the device is held back
     */
    record AssignRelease(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            boolean migrationStep,
            List<List<Hardware>> compatibility,
            Hardware hardware,
            @Nullable Instant returnedAt,
            ActionType type,
            @Nullable Instant forcedAt,
            @Nullable Integer weight,
            @Nullable MaintenanceWindow window,
            boolean confirm,
            boolean autoClose,
            @Nullable Duration timeout,
            @Nullable RolloutId rollout,
            @Nullable Integer group,
            @Nullable Tries tries,
            @Nullable Duration healthyWithin,
            boolean again,
            boolean standing)
            implements ActionCommand {}

    /** The device read the action's document ({@code cancel}: the cancel document). */
    record MarkRetrieved(DeviceId deviceId, int action, boolean cancel) implements ActionCommand {}

    /** The device started to download. */
    record MarkDownloading(DeviceId deviceId, int action, String fileName) implements ActionCommand {}

    record ReportFeedback(DeviceId deviceId, int action, Feedback feedback) implements ActionCommand {}

    record ReportCancelFeedback(DeviceId deviceId, int action, Feedback feedback) implements ActionCommand {}

    /** {@code flowEnabled}: whether consent can be revoked at present. */
    record ReportConfirmation(
            DeviceId deviceId,
            int action,
            boolean confirmed,
            @Nullable Integer code,
            List<String> messages,
            boolean flowEnabled)
            implements ActionCommand {}

    record ActivateAutoConfirm(
            DeviceId deviceId,
            @Nullable String initiator,
            @Nullable String remark) implements ActionCommand {}

    record DeactivateAutoConfirm(DeviceId deviceId) implements ActionCommand {}

    /** Asks the device to stop ({@code force}: ends the action at once, without the device; only after asking). */
    record CancelAction(DeviceId deviceId, int action, boolean force, CancelCause cause) implements ActionCommand {}

    /** Asks the device to stop what this rollout gave it, if that is still under way. */
    record CancelForRollout(DeviceId deviceId, RolloutId rollout) implements ActionCommand {}

    /** The device says what it already runs. Answers {@link Assigned}; {@code returnedAt} as in {@link AssignRelease}. */
    record DeclareInstalled(
            DeviceId deviceId,
            int action,
            ReleaseRef release,
            @Nullable Instant returnedAt) implements ActionCommand {}

    /**
     * The device reports a version. When an action waits for proof of health and this is its release's, the action has
     * finished; a version that is another's says nothing yet, as the device may not have started anew. A device may also
     * report it after it read the action and before it says that it installed it; what it reported earlier is no proof.
     */
    record ProveHealth(DeviceId deviceId, String version, Instant reportedAt) implements ActionCommand {}

    /** The time for proof of health passed. */
    record ExpireHealth(DeviceId deviceId, int action) implements ActionCommand {}

    /**
     * Gives the device back the release that it had before this rollout. Nothing happens when the rollout gave it
     * nothing, when something else was given to it since, when it had nothing before, or when it still runs that: it
     * never read what it was given, confirmed that it stopped, only downloaded, or said that it runs the former version.
     * What is under way is asked to stop. Answers {@link Assigned}, with {@code created} when the device is given
     * something back, also when it was before. Refuses with {@link UpdatesRefusal#RELEASE_UNKNOWN} or {@link
     * UpdatesRefusal#RELEASE_INVALIDATED} when what it had is not on the shelf any more.
     *
     * @param action number drawn for the new action
     * @param onlyFailed whether a device on which the rollout did not fail is left alone
     * @param returnedAt as in {@link AssignRelease}
     */
    record RollBackUpdate(
            DeviceId deviceId,
            int action,
            RolloutId rollout,
            boolean onlyFailed,
            @Nullable Instant returnedAt) implements ActionCommand {}

    /** The action that failed is not tried again after all, and counts as failed; nothing when no try is due. */
    record GiveUpRetry(DeviceId deviceId, int action) implements ActionCommand {}

    /**
     * Keeps a device from rollouts and standing assignments until it is let go; what is under way goes on, and an
     * operator may still give it a release by hand.
     *
     * @param reason for people, 1 to 255 characters
     */
    record HoldBack(DeviceId deviceId, String reason) implements ActionCommand {}

    record LetGo(DeviceId deviceId) implements ActionCommand {}

    /** Which try an action is. */
    record Tries(int attempt, RolloutPolicy.Retry retry) {}

    /** The action's time-out passed without an end. */
    record ExpireAction(DeviceId deviceId, int action) implements ActionCommand {}

    /**
     * Ends what was under way when the device left, and takes back its consent given beforehand. When it is back since
     * {@code returnedAt}, what it was given from then on stays.
     */
    record WithdrawActions(DeviceId deviceId, @Nullable Instant returnedAt) implements ActionCommand {}

    /** @param created false when an action or installation from elsewhere already serves the wish */
    record Assigned(int action, boolean created) {}

    enum CancelCause {
        OPERATOR,
        SUPERSEDED,
        WINDOW_OVER,
        ROLLOUT_ABORTED,
        RELEASE_INVALIDATED,
        DEVICE_LEFT
    }
}
