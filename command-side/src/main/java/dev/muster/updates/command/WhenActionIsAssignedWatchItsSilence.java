package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.kernel.Timers.Change;
import dev.muster.updates.ActionCommand.ExpireAction;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Silence has a deadline: an action with a time-out that has not ended by then counts as failed, so that dead devices
 * trip the error threshold instead of hanging for ever.
 */
public final class WhenActionIsAssignedWatchItsSilence implements Policy {

    private static final String OWNER = "action-timeout";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:timeout");

    private final Timers timers;

    public WhenActionIsAssignedWatchItsSilence(Timers timers, Commands commands) {
        this.timers = timers;
        timers.onDue(OWNER, (key, payload) -> {
            ActionKeys of = ActionKeys.parse(key);
            Await.done(commands.send(new ExpireAction(of.device(), of.action()), SYSTEM));
        });
    }

    @Override
    public String name() {
        return "when-action-is-assigned-watch-its-silence";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        List<Change> changes = new ArrayList<>();
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case ActionAssigned e
                when e.timeout() != null ->
                    changes.add(Change.set(
                            ActionKeys.of(e.deviceId(), e.action()),
                            recorded.at().plus(e.timeout())));
                // It has spoken; from here on the time for proof of health counts.
                case ActionInstalled e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                case ActionFinished e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                case ActionFailed e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                case ActionDownloaded e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                case ActionCanceled e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                default -> {}
            }
        }
        timers.change(OWNER, changes);
    }
}
