package dev.muster.updates;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Every way in which the updates capability says no. */
public enum UpdatesRefusal implements RefusalCode {
    ARTIFACT_UNKNOWN("updates.artifact-unknown", Refusal.Kind.NOT_FOUND, "Upload the file first."),
    ARTIFACT_TOO_LARGE(
            "updates.artifact-too-large",
            Refusal.Kind.TOO_LARGE,
            "Raise muster.artifacts.size-max if the disk allows it."),
    ARTIFACT_STORE_FULL(
            "updates.artifact-store-full", Refusal.Kind.UNAVAILABLE, "Free disk space or delete unused artifacts."),
    ARTIFACT_STORE_UNAVAILABLE(
            "updates.artifact-store-unavailable",
            Refusal.Kind.UNAVAILABLE,
            "Check that the artifact store is reachable; then try again."),
    BUNDLE_INVALID(
            "updates.bundle-invalid", Refusal.Kind.UNPROCESSABLE, "Check the bundle with 'swupdate -c -i <file>'."),
    FILE_NAME_INVALID(
            "updates.file-name-invalid", Refusal.Kind.INVALID, "Use a plain file name of at most 255 characters."),
    URL_INVALID(
            "updates.url-invalid",
            Refusal.Kind.UNPROCESSABLE,
            "Give an http or https address of a file, percent-encoded, such as https://files.example.org/os-1.2.swu."),
    URL_REFUSED(
            "updates.url-refused",
            Refusal.Kind.UNPROCESSABLE,
            "Name the host, or the range of its addresses, in muster.artifacts.remote.allowed if that is meant."),
    URL_UNREADABLE(
            "updates.url-unreadable",
            Refusal.Kind.UNPROCESSABLE,
            "Fetch the address with 'curl -f' from where this server runs."),
    RELEASE_UNKNOWN("updates.release-unknown", Refusal.Kind.NOT_FOUND, null),
    RELEASE_EXISTS("updates.release-exists", Refusal.Kind.CONFLICT, "Choose another name or version."),
    RELEASE_INCOMPLETE("updates.release-incomplete", Refusal.Kind.INVALID, "A release needs at least one module."),
    RELEASE_INVALIDATED("updates.release-invalidated", Refusal.Kind.CONFLICT, "Choose a release that is still valid."),
    RELEASE_INCOMPATIBLE(
            "updates.release-incompatible",
            Refusal.Kind.CONFLICT,
            "The release names other hardware than the device reports."),
    ACTION_UNKNOWN("updates.action-unknown", Refusal.Kind.NOT_FOUND, null),
    ACTION_CLOSED("updates.action-closed", Refusal.Kind.GONE, null),
    ACTION_NOT_CANCELABLE(
            "updates.action-not-cancelable", Refusal.Kind.CONFLICT, "Only a running action can be canceled."),
    ACTION_NOT_CANCELING(
            "updates.action-not-canceling", Refusal.Kind.CONFLICT, "Cancel the action first; force only what hangs."),
    ACTION_WAITS_FOR_CONFIRMATION("updates.action-waits-for-confirmation", Refusal.Kind.NOT_FOUND, null),
    ACTION_NOT_WAITING("updates.action-not-waiting", Refusal.Kind.NOT_FOUND, null),
    AUTO_CONFIRM_ALREADY_ACTIVE("updates.auto-confirm-already-active", Refusal.Kind.CONFLICT, null),
    QUOTA_EXCEEDED("updates.quota-exceeded", Refusal.Kind.LIMIT_REACHED, null),
    NUMBER_OUT_OF_ORDER("updates.number-out-of-order", Refusal.Kind.CONFLICT, "Retry; a later number is drawn."),
    WINDOW_INVALID(
            "updates.window-invalid",
            Refusal.Kind.INVALID,
            "A window needs a cron schedule, a duration and a zone, with a window in the future."),
    ROLLOUT_UNKNOWN("updates.rollout-unknown", Refusal.Kind.NOT_FOUND, null),
    ROLLOUT_EXISTS("updates.rollout-exists", Refusal.Kind.CONFLICT, null),
    ROLLOUT_INVALID("updates.rollout-invalid", Refusal.Kind.INVALID, null),
    ROLLOUT_STATE(
            "updates.rollout-state",
            Refusal.Kind.CONFLICT,
            "Look at the rollout's state; not every step is possible in it."),
    ROLLOUT_EMPTY(
            "updates.rollout-empty", Refusal.Kind.UNPROCESSABLE, "Preview the filter first: no device matches it."),
    AUTO_ASSIGNMENT_UNKNOWN("updates.auto-assignment-unknown", Refusal.Kind.NOT_FOUND, null),
    AUTO_ASSIGNMENT_EXISTS("updates.auto-assignment-exists", Refusal.Kind.CONFLICT, null),
    SOFTWARE_UNKNOWN("updates.software-unknown", Refusal.Kind.NOT_FOUND, null),
    SOFTWARE_COLLIDES(
            "updates.software-collides",
            Refusal.Kind.CONFLICT,
            "Give it another version, or delete the one that is there."),
    SOFTWARE_REFERENCED(
            "updates.software-referenced", Refusal.Kind.CONFLICT, "Delete the rollouts that give this software first."),
    SOFTWARE_INCOMPATIBLE(
            "updates.software-incompatible",
            Refusal.Kind.UNPROCESSABLE,
            "The software must name the very board and revision that the device reports."),
    VERSION_INVALID(
            "updates.version-invalid",
            Refusal.Kind.UNPROCESSABLE,
            "Use up to four numbers below 65536, or a semantic version."),
    FEED_MISSING("updates.feed-missing", Refusal.Kind.UNPROCESSABLE, "Give a feed in the same request."),
    FEED_TEXT_INVALID(
            "updates.feed-text-invalid", Refusal.Kind.UNPROCESSABLE, "Names and feeds have at most 255 characters."),
    FEED_ROLLOUT_UNKNOWN("updates.feed-rollout-unknown", Refusal.Kind.NOT_FOUND, null),
    FEED_ROLLOUT_EXISTS("updates.feed-rollout-exists", Refusal.Kind.CONFLICT, "Retry; another number is drawn."),
    SETTINGS_INVALID("updates.settings-invalid", Refusal.Kind.INVALID, null);

    private final Meaning meaning;

    UpdatesRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
