package dev.muster.updates.query;

import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionView.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device's words mean, in a sentence beside each. Some words do not mean what they seem to: a device that reports
 * "canceled" has ended nothing, and an error in answer to a cancel lets the update go on.
 */
final class ActionMeanings {

    private static final String ASKED_TO_STOP =
            "The device was asked to stop. It has not agreed yet; force ends the action without it.";
    private static final String GOES_ON = "The device would not stop; the update goes on.";

    private ActionMeanings() {}

    /**
     * The action with its meanings.
     *
     * @param retrying whether the next try, if there is to be one, is still to come
     */
    static ActionView told(ActionView view, boolean retrying) {
        Instant retryAt = retrying ? view.retryAt() : null;
        return new ActionView(
                view.deviceId(),
                view.action(),
                view.release(),
                view.type(),
                view.forcedAt(),
                view.weight(),
                view.window(),
                view.status(),
                view.active(),
                view.timedOut(),
                view.rollout(),
                view.group(),
                view.createdAt(),
                view.changedAt(),
                view.code(),
                view.done(),
                view.of(),
                view.attempt(),
                view.attempts(),
                retryAt,
                view.provenBy(),
                view.reportedVersion(),
                view.before(),
                view.rollsBack(),
                status(view, retryAt),
                entries(view));
    }

    private static String status(ActionView view, @Nullable Instant retryAt) {
        return switch (view.status()) {
            case WAIT_FOR_CONFIRMATION -> "A person at the device must agree first.";
            case RUNNING -> "The device is to install it; what it said so far is below.";
            case RETRIEVED -> "The device has read what it is to install.";
            case DOWNLOAD -> "The device downloads.";
            case DOWNLOADED ->
                view.active() ? "The device has downloaded it." : "The device has downloaded it; that was all.";
            case WARNING -> "The device goes on, with a warning.";
            case CANCELING -> ASKED_TO_STOP;
            case CANCEL_REJECTED -> GOES_ON;
            case CANCELED -> "The action was ended before the device said that it installed anything.";
            case FINISHED -> "The device runs " + view.release().version() + ".";
            case INSTALLED ->
                "The device says that it installed " + view.release().version()
                        + ". It counts when it reports that version"
                        + (view.provenBy() == null ? "." : " by " + view.provenBy() + ".");
            case ERROR -> failed(view, retryAt);
        };
    }

    private static String failed(ActionView view, @Nullable Instant retryAt) {
        String why = Boolean.TRUE.equals(view.timedOut())
                ? "The device said nothing in time"
                : view.provenBy() == null
                        ? "The device said that it failed"
                        : "The device installed it and did not prove that it is well";
        String next = retryAt == null ? "." : "; it is tried again at " + retryAt + ".";
        return why + next;
    }

    private static List<Entry> entries(ActionView view) {
        List<Entry> told = new ArrayList<>(view.entries().size());
        // The oldest entries of a chatty device are gone, and with them perhaps the cancel.
        boolean stopping = view.status() == ActionStatus.CANCELING
                && view.entries().stream().noneMatch(each -> each.status() == ActionStatus.CANCELING);
        for (int i = 0; i < view.entries().size(); i++) {
            Entry each = view.entries().get(i);
            boolean last = !view.active() && i == view.entries().size() - 1;
            String meaning = entry(each.status(), stopping, last);
            stopping = switch (each.status()) {
                case CANCELING -> true;
                case CANCEL_REJECTED, ERROR -> false;
                default -> stopping;
            };
            told.add(new Entry(each.status(), each.at(), each.code(), each.messages(), each.deviceTime(), meaning));
        }
        return told;
    }

    /** @param last whether it is the word that ended the action */
    private static String entry(ActionStatus status, boolean stopping, boolean last) {
        return switch (status) {
            case WAIT_FOR_CONFIRMATION -> "A person at the device must agree, or did not.";
            case RUNNING -> stopping ? "The device is still at it; it has not stopped." : "Under way.";
            case RETRIEVED ->
                stopping
                        ? "The device has read that it is to stop; it has not said yet whether it does."
                        : "The device has read what it is to install.";
            case DOWNLOAD -> "The device downloads.";
            case DOWNLOADED -> "The device has downloaded it.";
            case WARNING ->
                stopping
                        ? "The device says that it cancels, which confirms nothing: it has to close the cancel."
                        : "A warning or a refusal of the device, which ends nothing: it has to close the action.";
            case CANCELING -> ASKED_TO_STOP;
            case CANCEL_REJECTED -> GOES_ON;
            case CANCELED ->
                last
                        ? "The action ended here."
                        : "The device says 'canceled', which ends nothing: it has to close the action.";
            case FINISHED -> "The device is done.";
            case INSTALLED -> "The device says that it installed it; proof is awaited.";
            case ERROR -> stopping && !last ? GOES_ON : "It failed.";
        };
    }
}
