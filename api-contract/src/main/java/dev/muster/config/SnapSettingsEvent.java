package dev.muster.config;

import dev.muster.registry.DeviceId;
import java.util.List;

/** What happened to a snap's settings. Who did it is in the event's provenance. */
public sealed interface SnapSettingsEvent {

    DeviceId deviceId();

    String snap();

    /** Counts what happened to these settings, from 1. */
    long version();

    /** @param deltas by the first part of the key, each value as a whole and sealed: nobody says which are secret */
    record SnapSettingsChanged(DeviceId deviceId, String snap, long version, List<Delta> deltas)
            implements SnapSettingsEvent {}
}
