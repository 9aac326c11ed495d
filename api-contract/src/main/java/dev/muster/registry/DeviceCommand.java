package dev.muster.registry;

import dev.muster.kernel.AggregateCommand;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a device's entry in the registry. */
public sealed interface DeviceCommand extends AggregateCommand {

    DeviceId deviceId();

    /** The aggregate's identifier: ids of different kinds never meet in the log. */
    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "device/" + deviceId();
    }

    /**
     * Makes a device known. Saying it again with the same facts changes nothing; other facts are refused.
     * Answers {@code true} if the device is new.
     */
    record RegisterDevice(
            DeviceId deviceId,
            @Nullable String name,
            @Nullable String group,
            List<String> tags,
            Map<String, String> metadata,
            @Nullable String address,
            @Nullable String tokenDigest,
            Origin origin)
            implements DeviceCommand {}

    /**
     * Changes what operators own. Null leaves a part alone; an empty group clears it; a null metadata value removes
     * the key. {@code expectedVersion} refuses when the device has changed since.
     */
    record ChangeDevice(
            DeviceId deviceId,
            @Nullable String name,
            @Nullable String group,
            @Nullable List<String> tags,
            @Nullable Map<String, @Nullable String> metadata,
            @Nullable Long expectedVersion)
            implements DeviceCommand {}

    /** What the device says of itself. {@code asked} when the device answers a request for attributes. */
    record ReportAttributes(DeviceId deviceId, Mode mode, Map<String, @Nullable String> attributes, boolean asked)
            implements DeviceCommand {}

    /** Asks the device to report its attributes at its next contact. */
    record RequestAttributes(DeviceId deviceId) implements DeviceCommand {}

    /** The device was heard for the first time. */
    record NoteFirstContact(DeviceId deviceId) implements DeviceCommand {}

    /** The device was heard from this address. */
    record NoteAddress(DeviceId deviceId, String address) implements DeviceCommand {}

    /** Gives the device a token; only its digest is known here. Replaces an earlier one. */
    record IssueToken(DeviceId deviceId, String tokenDigest) implements DeviceCommand {}

    /**
     * Takes the device's token away, whatever it is; it stops working at once. A device without one changes nothing.
     * Answers {@code true} if there was one.
     */
    record WithdrawToken(DeviceId deviceId) implements DeviceCommand {}

    /** The device should have been heard and was not. */
    record NoteSilence(DeviceId deviceId, @Nullable Instant lastSeen) implements DeviceCommand {}

    /** A silent device was heard again. */
    record NoteReturn(DeviceId deviceId) implements DeviceCommand {}

    /** Takes the device out of service. Its history stays; its id may be registered again. */
    record DecommissionDevice(DeviceId deviceId, @Nullable Long expectedVersion) implements DeviceCommand {}

    /** How reported attributes meet the known ones. */
    enum Mode {
        MERGE,
        REPLACE,
        REMOVE
    }
}
