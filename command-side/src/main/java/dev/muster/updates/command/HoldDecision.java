package dev.muster.updates.command;

import dev.muster.kernel.KernelRefusal;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.HoldBack;
import dev.muster.updates.ActionCommand.LetGo;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.ActionEvent.DeviceHeldBack;
import dev.muster.updates.ActionEvent.DeviceLetGo;
import dev.muster.updates.UpdatesRefusal;
import java.util.List;
import java.util.Map;

/** Keeping a device from what the fleet gets. */
final class HoldDecision {

    static final int REASON_LENGTH_MAX = 255;

    private HoldDecision() {}

    static List<ActionEvent> hold(HoldBack c, ActionsState state) {
        String reason = c.reason().strip();
        if (reason.isEmpty() || reason.length() > REASON_LENGTH_MAX) {
            throw KernelRefusal.INVALID_REQUEST.about(
                    "reason", "A reason has 1 to " + REASON_LENGTH_MAX + " characters.");
        }
        return state.heldBack != null && state.heldBack.reason().equals(reason)
                ? List.of()
                : List.of(new DeviceHeldBack(c.deviceId(), reason));
    }

    static List<ActionEvent> letGo(LetGo c, ActionsState state) {
        return state.heldBack == null ? List.of() : List.of(new DeviceLetGo(c.deviceId()));
    }

    /** Whoever gives a release by hand knows what they do. */
    static void onlyWhatMayCome(AssignRelease c, ActionsState state) {
        if (state.heldBack != null && (c.rollout() != null || c.standing())) {
            throw UpdatesRefusal.DEVICE_HELD_BACK.because(
                    "The device '" + c.deviceId() + "' is held back: " + state.heldBack.reason(),
                    Map.of("reason", state.heldBack.reason()));
        }
    }
}
