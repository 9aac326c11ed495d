package dev.muster.apps.command;

import dev.muster.apps.AppAgents;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.registry.DeviceId;
import java.util.List;

/** Who would take part in a rollout of an app: devices that a filter hits and that have an agent. */
public final class AppRolloutMembers {

    private final DeviceDirectory devices;
    private final AppAgents agents;

    public AppRolloutMembers(DeviceDirectory devices, AppAgents agents) {
        this.devices = devices;
        this.agents = agents;
    }

    /** By id. Refuses a broken filter. */
    List<DeviceId> of(String filter) {
        return devices.matchingFacts(filter).stream()
                .map(DeviceFacts::id)
                .filter(id -> agents.find(id) != null)
                .toList();
    }
}
