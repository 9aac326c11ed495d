package dev.muster.updates.command;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.Feedback;
import java.util.List;

/** The ways in which an action ends, with what rollouts need to count it. */
final class Closing {

    private Closing() {}

    static ActionEvent finished(DeviceId id, OpenAction a, Feedback f) {
        return new ActionFinished(
                id, a.number(), a.release(), f.code(), f.messages(), f.deviceTime(), a.rollout(), a.group());
    }

    static ActionEvent failed(DeviceId id, OpenAction a, Feedback f) {
        return new ActionFailed(
                id, a.number(), a.release(), false, f.code(), f.messages(), f.deviceTime(), a.rollout(), a.group());
    }

    static ActionEvent silent(DeviceId id, OpenAction a) {
        return new ActionFailed(
                id,
                a.number(),
                a.release(),
                true,
                null,
                List.of("Update Server: The device did not finish in time."),
                null,
                a.rollout(),
                a.group());
    }

    static ActionEvent downloaded(DeviceId id, OpenAction a, Feedback f) {
        return new ActionDownloaded(
                id, a.number(), a.release(), f.code(), f.messages(), f.deviceTime(), a.rollout(), a.group());
    }

    static ActionEvent canceled(DeviceId id, OpenAction a, boolean forced) {
        return new ActionCanceled(
                id,
                a.number(),
                a.release(),
                forced,
                null,
                List.of("Update Server: The action was ended without the device."),
                a.rollout(),
                a.group());
    }

    static ActionEvent canceled(DeviceId id, OpenAction a, Feedback f) {
        return new ActionCanceled(id, a.number(), a.release(), false, f.code(), f.messages(), a.rollout(), a.group());
    }
}
