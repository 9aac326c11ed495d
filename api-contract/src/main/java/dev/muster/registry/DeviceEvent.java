package dev.muster.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a device's entry in the registry. */
public sealed interface DeviceEvent {

    DeviceId deviceId();

    record DeviceRegistered(
            DeviceId deviceId,
            String name,
            @Nullable String group,
            List<String> tags,
            Map<String, String> metadata,
            @Nullable String address,
            @Nullable String tokenDigest,
            Origin origin)
            implements DeviceEvent {}

    record DeviceRenamed(DeviceId deviceId, String name) implements DeviceEvent {}

    record DeviceGrouped(DeviceId deviceId, @Nullable String group) implements DeviceEvent {}

    record DeviceTagged(DeviceId deviceId, List<String> tags) implements DeviceEvent {}

    /** {@code metadata} is the whole of it after the change. */
    record DeviceDescribed(DeviceId deviceId, Map<String, String> metadata) implements DeviceEvent {}

    /** {@code attributes} are all of them after the report. */
    record AttributesReported(DeviceId deviceId, Map<String, String> attributes) implements DeviceEvent {}

    record AttributesRequested(DeviceId deviceId) implements DeviceEvent {}

    record FirstContactMade(DeviceId deviceId) implements DeviceEvent {}

    record AddressChanged(DeviceId deviceId, String address) implements DeviceEvent {}

    record TokenIssued(DeviceId deviceId, String tokenDigest) implements DeviceEvent {}

    /** The device has no token any more. */
    record TokenWithdrawn(DeviceId deviceId) implements DeviceEvent {}

    record DeviceFellSilent(DeviceId deviceId, @Nullable Instant lastSeen) implements DeviceEvent {}

    record DeviceCameBack(DeviceId deviceId) implements DeviceEvent {}

    record DeviceDecommissioned(DeviceId deviceId) implements DeviceEvent {}
}
