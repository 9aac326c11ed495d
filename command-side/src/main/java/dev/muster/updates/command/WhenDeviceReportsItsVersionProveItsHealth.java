package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.staging.command.BoundedSends;
import dev.muster.updates.ActionCommand.ProveHealth;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A device that reports the version it runs proves that it is well after an update. Only devices with something under way
 * are of interest, and the fleet index knows them: a hundred thousand that report at a Monday's start cost nothing.
 */
public final class WhenDeviceReportsItsVersionProveItsHealth implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:health");

    private final Commands commands;
    private final Fleet fleet;
    private final Positions positions;

    public WhenDeviceReportsItsVersionProveItsHealth(Commands commands, Fleet fleet, Positions positions) {
        this.commands = commands;
        this.fleet = fleet;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-reports-its-version-prove-its-health";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        List<ProveHealth> reports = new ArrayList<>();
        for (Recorded recorded : batch) {
            ProveHealth report = ReportedVersion.in(recorded);
            if (report != null) {
                reports.add(report);
            }
        }
        if (reports.isEmpty()) {
            return;
        }
        Await.done(positions.folded(batch.getLast().position(), Await.HANDLER_WAIT_MAX));
        reports.removeIf(report -> isIdle(fleet.find(report.deviceId())));
        BoundedSends.all(reports, report -> commands.send(report, SYSTEM), "not every report could be told");
    }

    private static boolean isIdle(@Nullable DeviceView device) {
        return device == null || device.action() == null;
    }
}
