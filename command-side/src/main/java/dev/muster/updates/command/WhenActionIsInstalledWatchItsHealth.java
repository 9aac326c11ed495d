package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.kernel.Timers.Change;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.ExpireHealth;
import dev.muster.updates.ActionCommand.ProveHealth;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proof of health has a deadline: a device that installed a release and did not come back with it has failed. */
public final class WhenActionIsInstalledWatchItsHealth implements Policy {

    private static final String OWNER = "action-health";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:health");

    private final Timers timers;

    public WhenActionIsInstalledWatchItsHealth(Timers timers, Commands commands, History history) {
        this.timers = timers;
        timers.onDue(OWNER, (key, payload) -> {
            ActionKeys of = ActionKeys.parse(key);
            // What it reported in time may not have been heard yet: after a restart timers are quicker than rules.
            ProveHealth last = lastReport(history, of.device());
            if (last != null) {
                Await.done(commands.send(last, SYSTEM));
            }
            Await.done(commands.send(new ExpireHealth(of.device(), of.action()), SYSTEM));
        });
    }

    private static @Nullable ProveHealth lastReport(History history, DeviceId device) {
        for (Recorded each : history.of("device/" + device).reversed()) {
            if (each.event() instanceof AttributesReported) {
                return ReportedVersion.in(each);
            }
        }
        return null;
    }

    @Override
    public String name() {
        return "when-action-is-installed-watch-its-health";
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
                case ActionInstalled e ->
                    changes.add(Change.set(ActionKeys.of(e.deviceId(), e.action()), e.provenBy()));
                case ActionFinished e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                case ActionFailed e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                case ActionCanceled e -> changes.add(Change.cancel(ActionKeys.of(e.deviceId(), e.action())));
                default -> {}
            }
        }
        timers.change(OWNER, changes);
    }
}
