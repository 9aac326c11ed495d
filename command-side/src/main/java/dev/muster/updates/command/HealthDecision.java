package dev.muster.updates.command;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.ExpireHealth;
import dev.muster.updates.ActionCommand.ProveHealth;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.OtherVersionReported;
import dev.muster.updates.Feedback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a device is well after an update: it is when it reports the version that it was given. Some devices end the
 * action after they started anew and report then, some end it before they do, and some report first; so a version
 * counts from when the device read the action on.
 */
final class HealthDecision {

    private HealthDecision() {}

    /** What follows from the device's word that it installed the release. */
    static ActionEvent installed(DeviceId id, OpenAction action, Feedback said, Instant now) {
        Duration within = action.healthyWithin();
        return within == null || action.runs(action.release())
                ? Closing.finished(id, action, said)
                : Closing.installed(id, action, said, now.plus(within));
    }

    static List<ActionEvent> prove(ProveHealth c, ActionsState state) {
        List<ActionEvent> events = new ArrayList<>();
        for (OpenAction each : state.open.values()) {
            Instant readAt = each.readAt();
            if (each.healthyWithin() == null || readAt == null || c.reportedAt().isBefore(readAt)) {
                continue;
            }
            if (each.installed() && OpenAction.isVersion(each.release(), c.version())) {
                events.add(Closing.proven(c.deviceId(), each, c.version()));
            } else if (!c.version().equals(each.version()) && each.entries() < FeedbackDecision.ENTRIES_MAX) {
                events.add(new OtherVersionReported(c.deviceId(), each.number(), c.version()));
            }
        }
        return events;
    }

    /** What was overtaken by something newer can prove nothing any more; that is not the release's failure. */
    static List<ActionEvent> expire(ExpireHealth c, ActionsState state, Instant now) {
        OpenAction action = state.open.get(c.action());
        if (action == null || !action.installed()) {
            return List.of();
        }
        if (state.newest != null && state.newest.number() != action.number()) {
            String why = "Action " + state.newest.number() + " came before the device proved its health.";
            return List.of(Closing.canceled(c.deviceId(), action, true, why));
        }
        String version = action.version();
        Duration within = action.healthyWithin();
        String why = "The device did not report version " + action.release().version()
                + (within == null ? " in time" : " within " + spoken(within))
                + (version == null ? "; it reported none." : "; it reported " + version + " last.");
        return List.of(Closing.unheard(c.deviceId(), action, version == null, why, Retrying.at(action, state, now)));
    }

    private static String spoken(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
