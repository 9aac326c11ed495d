package dev.muster.updates;

import dev.muster.kernel.BulkCommand;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import java.util.List;
import java.util.Map;

/**
 * Gives several devices a release on one errand. Answers {@link Answers}.
 *
 * @param each 1 to {@link #DEVICES_MAX}, in any order, each for another device
 */
public record AssignReleases(List<AssignRelease> each) implements BulkCommand {

    public static final int DEVICES_MAX = 64;

    public AssignReleases {
        each = List.copyOf(each);
        long devices = each.stream().map(AssignRelease::deviceId).distinct().count();
        if (devices < 1 || devices > DEVICES_MAX || devices != each.size()) {
            throw new IllegalArgumentException("a bulk is for 1 to " + DEVICES_MAX + " devices, each once, not "
                    + each.size() + " for " + devices);
        }
    }

    @Override
    public Class<AssignRelease> kind() {
        return AssignRelease.class;
    }

    /** @param given what each device was given or had; one that refused is missing, and nothing happened to it */
    public record Answers(Map<DeviceId, Assigned> given) {

        public Answers {
            given = Map.copyOf(given);
        }
    }
}
