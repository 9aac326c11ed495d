package dev.muster.updates.command;

import static java.util.Comparator.comparing;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.AssignReleases;
import dev.muster.updates.AssignReleases.Answers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Asks several devices to decide an assignment within one unit of work: their events are stored together or not at all.
 *
 * <p>Each device is locked from when it is loaded until all is stored. Whoever locks several does it in the order of
 * their ids; in any other order two bulks could wait for each other.
 */
public final class BulkAssignments {

    private final Repository<DeviceActions> devices;

    public BulkAssignments(Repository<DeviceActions> devices) {
        this.devices = devices;
    }

    @CommandHandler
    Answers handle(AssignReleases bulk) throws Exception {
        List<AssignRelease> inLockingOrder =
                bulk.each().stream().sorted(comparing(AssignRelease::deviceId)).toList();
        Map<DeviceId, Assigned> given = new HashMap<>();
        for (AssignRelease each : inLockingOrder) {
            Aggregate<DeviceActions> device = devices.loadOrCreate(each.aggregateId(), DeviceActions::new);
            device.execute(actions -> {
                Assigned assigned = actions.assignedUnlessRefused(each);
                if (assigned != null) {
                    given.put(each.deviceId(), assigned);
                }
            });
        }
        return new Answers(given);
    }
}
