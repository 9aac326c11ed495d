package dev.muster.updates.command;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.Feedback;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which an action ends, with what rollouts need to count it. */
final class Closing {

    private Closing() {}

    static ActionEvent finished(DeviceId id, OpenAction a, Feedback f) {
        return new ActionFinished(
                id,
                a.number(),
                a.release(),
                f.code(),
                f.messages(),
                f.deviceTime(),
                a.rollout(),
                a.group(),
                proving(a));
    }

    /** Not the end yet: the device has to prove it. */
    static ActionEvent installed(DeviceId id, OpenAction a, Feedback f, Instant provenBy) {
        return new ActionInstalled(
                id, a.number(), a.release(), f.code(), f.messages(), f.deviceTime(), provenBy, a.rollout(), a.group());
    }

    static ActionEvent proven(DeviceId id, OpenAction a, String version) {
        return new ActionFinished(
                id,
                a.number(),
                a.release(),
                null,
                List.of("Update Server: The device reports version " + version + "."),
                null,
                a.rollout(),
                a.group(),
                proving(a));
    }

    static ActionEvent failed(DeviceId id, OpenAction a, Feedback f, @Nullable Instant retryAt) {
        return new ActionFailed(
                id,
                a.number(),
                a.release(),
                false,
                f.code(),
                f.messages(),
                f.deviceTime(),
                a.rollout(),
                a.group(),
                retryAt,
                proving(a));
    }

    static ActionEvent silent(DeviceId id, OpenAction a, @Nullable Instant retryAt) {
        return unheard(id, a, true, "The device did not finish in time.", retryAt);
    }

    /** Ended by what was not heard of the device, or was heard and is not what it should be. */
    static ActionEvent unheard(DeviceId id, OpenAction a, boolean timedOut, String why, @Nullable Instant retryAt) {
        return new ActionFailed(
                id,
                a.number(),
                a.release(),
                timedOut,
                null,
                List.of("Update Server: " + why),
                null,
                a.rollout(),
                a.group(),
                retryAt,
                proving(a));
    }

    static ActionEvent downloaded(DeviceId id, OpenAction a, Feedback f) {
        return new ActionDownloaded(
                id, a.number(), a.release(), f.code(), f.messages(), f.deviceTime(), a.rollout(), a.group());
    }

    static ActionEvent canceled(DeviceId id, OpenAction a, boolean forced) {
        return canceled(id, a, forced, "The action was ended without the device.");
    }

    static ActionEvent canceled(DeviceId id, OpenAction a, boolean forced, String why) {
        return new ActionCanceled(
                id,
                a.number(),
                a.release(),
                forced,
                null,
                List.of("Update Server: " + why),
                a.rollout(),
                a.group(),
                proving(a));
    }

    static ActionEvent canceled(DeviceId id, OpenAction a, Feedback f) {
        return new ActionCanceled(
                id, a.number(), a.release(), false, f.code(), f.messages(), a.rollout(), a.group(), proving(a));
    }

    /** Whether it said that it installed it before; null is no, as in history from before anybody asked. */
    private static @Nullable Boolean proving(OpenAction a) {
        return a.installed() ? Boolean.TRUE : null;
    }
}
