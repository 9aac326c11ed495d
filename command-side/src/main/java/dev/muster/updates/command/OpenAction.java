package dev.muster.updates.command;

import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.Versions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action under way, or the newest of a device after its end.
 *
 * @param given what was ordered
 * @param at when it was assigned
 * @param status RUNNING, RETRIEVED, WAIT_FOR_CONFIRMATION, CANCELING, INSTALLED, or what the last word changed it to
 * @param lastEntry kind of the newest status entry
 * @param entries how many status entries there are
 * @param readAt since when the device is known to have read it, null before
 * @param version what the device said last to run since then, null when nothing
 * @param stopAsked whether it was ever asked to stop
 * @param byDevice whether it ended by the device's word
 */
record OpenAction(
        ActionAssigned given,
        Instant at,
        ActionStatus status,
        ActionStatus lastEntry,
        int entries,
        @Nullable Instant readAt,
        @Nullable String version,
        boolean stopAsked,
        boolean byDevice) {

    static OpenAction of(ActionAssigned given, Instant at) {
        ActionStatus status = given.waiting() ? ActionStatus.WAIT_FOR_CONFIRMATION : ActionStatus.RUNNING;
        return new OpenAction(given, at, status, status, 1, null, null, false, false);
    }

    int number() {
        return given.action();
    }

    ReleaseRef release() {
        return given.release();
    }

    boolean migrationStep() {
        return given.migrationStep();
    }

    ActionType type() {
        return given.type();
    }

    @Nullable
    RolloutId rollout() {
        return given.rollout();
    }

    @Nullable
    Integer group() {
        return given.group();
    }

    @Nullable
    Tries tries() {
        return given.tries();
    }

    boolean waiting() {
        return status == ActionStatus.WAIT_FOR_CONFIRMATION;
    }

    boolean canceling() {
        return status == ActionStatus.CANCELING;
    }

    /** The device says that it installed it, which it has yet to prove. */
    boolean installed() {
        return status == ActionStatus.INSTALLED;
    }

    /** The time for proof of health, null where the device's first word counts; what is only downloaded proves nothing. */
    @Nullable
    Duration healthyWithin() {
        return type() == ActionType.DOWNLOAD_ONLY ? null : given.healthyWithin();
    }

    /** Whether the device said last that it runs this version. */
    boolean runs(ReleaseRef release) {
        return version != null && isVersion(release, version);
    }

    static boolean isVersion(ReleaseRef release, String version) {
        return release.version().equals(version) || Versions.ORDER.compare(release.version(), version) == 0;
    }

    OpenAction entry(ActionStatus entry) {
        return entry(status, entry);
    }

    OpenAction entry(ActionStatus newStatus, ActionStatus entry) {
        return new OpenAction(given, at, newStatus, entry, entries + 1, readAt, version, stopAsked, byDevice);
    }

    /** The device shows that it knows of it. */
    OpenAction read(Instant when) {
        return readAt != null
                ? this
                : new OpenAction(given, at, status, lastEntry, entries, when, version, stopAsked, byDevice);
    }

    OpenAction says(String reported) {
        return new OpenAction(given, at, status, lastEntry, entries + 1, readAt, reported, stopAsked, byDevice);
    }

    OpenAction askedToStop() {
        return new OpenAction(
                given,
                at,
                ActionStatus.CANCELING,
                ActionStatus.CANCELING,
                entries + 1,
                readAt,
                version,
                true,
                byDevice);
    }

    OpenAction ended(ActionStatus as, boolean byItsWord) {
        return new OpenAction(given, at, as, as, entries, readAt, version, stopAsked, byItsWord);
    }
}
