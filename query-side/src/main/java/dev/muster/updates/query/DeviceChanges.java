package dev.muster.updates.query;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.AttributesRequested;
import dev.muster.registry.DeviceEvent.DeviceCameBack;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceDescribed;
import dev.muster.registry.DeviceEvent.DeviceFellSilent;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceEvent.DeviceTagged;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceEvent.TokenIssued;
import dev.muster.registry.DeviceEvent.TokenWithdrawn;
import dev.muster.registry.Origin;
import dev.muster.updates.DeviceView.UpdateStatus;

/** How what happens to a registry entry changes a device's state. */
final class DeviceChanges {

    private final Slots slots;

    DeviceChanges(Slots slots) {
        this.slots = slots;
    }

    /** A device that made itself known has been heard; it counts as registered at once. */
    DeviceState registered(DeviceRegistered event, Recorded recorded) {
        DeviceState state = new DeviceState(
                event.deviceId(),
                recorded.at().toEpochMilli(),
                event.origin(),
                event.name().equals(event.deviceId().value()) ? event.deviceId().value() : slots.shared(event.name()));
        state.version = recorded.sequence();
        state.group = slots.sharedOrNull(event.group());
        state.tags = slots.all(event.tags());
        state.metadata = slots.pairs(event.metadata());
        state.address = event.address();
        state.hasToken = event.tokenDigest() != null;
        state.attributesRequested = true;
        if (event.origin() == Origin.PLUG_AND_PLAY) {
            state.updateStatus = UpdateStatus.REGISTERED;
            state.contacted = true;
        }
        return state;
    }

    DeviceState after(DeviceState before, DeviceEvent event, long sequence) {
        DeviceState next = before.copy();
        next.version = sequence;
        switch (event) {
            case DeviceRenamed e -> next.name = slots.shared(e.name());
            case DeviceGrouped e -> next.group = slots.sharedOrNull(e.group());
            case DeviceTagged e -> next.tags = slots.all(e.tags());
            case DeviceDescribed e -> next.metadata = slots.pairs(e.metadata());
            case AttributesReported e -> {
                next.attributes = slots.pairs(e.attributes());
                next.attributesRequested = false;
            }
            case AttributesRequested e -> next.attributesRequested = true;
            case FirstContactMade e -> {
                next.contacted = true;
                if (next.updateStatus == UpdateStatus.UNKNOWN) {
                    next.updateStatus = UpdateStatus.REGISTERED;
                }
            }
            case AddressChanged e -> next.address = e.address();
            case TokenIssued e -> next.hasToken = true;
            case TokenWithdrawn e -> next.hasToken = false;
            case DeviceFellSilent e -> {}
            case DeviceCameBack e -> {}
            case DeviceRegistered e -> {}
            case DeviceDecommissioned e -> {}
        }
        return next;
    }
}
