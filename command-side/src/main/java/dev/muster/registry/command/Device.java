package dev.muster.registry.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceCommand;
import dev.muster.registry.DeviceCommand.ChangeDevice;
import dev.muster.registry.DeviceCommand.DecommissionDevice;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.NoteAddress;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.NoteReturn;
import dev.muster.registry.DeviceCommand.NoteSilence;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceCommand.RequestAttributes;
import dev.muster.registry.DeviceCommand.WithdrawToken;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.DeviceEvent.AttributesRequested;
import dev.muster.registry.DeviceEvent.DeviceCameBack;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceFellSilent;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceEvent.TokenIssued;
import dev.muster.registry.DeviceEvent.TokenWithdrawn;
import dev.muster.registry.RegistryRefusal;
import dev.muster.registry.command.DeviceState.Absent;
import dev.muster.registry.command.DeviceState.Present;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A device's entry in the registry. One thing in all worlds: whoever registers it, updates it, lends it or runs
 * programs on it means this entry.
 */
public class Device {

    @AggregateIdentifier
    private @Nullable String id;

    private DeviceState state = new Absent();

    protected Device() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RegisterDevice command) {
        return apply(DeviceDecision.register(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ChangeDevice command) {
        Present known = onlyInService(command);
        onlyThisVersion(command.expectedVersion());
        return apply(DeviceDecision.change(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReportAttributes command) {
        return apply(DeviceDecision.report(command, onlyInService(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RequestAttributes command) {
        onlyInService(command);
        apply(List.of(new AttributesRequested(command.deviceId())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(NoteFirstContact command) {
        return onlyInService(command).contacted() ? false : apply(List.of(new FirstContactMade(command.deviceId())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(NoteAddress command) {
        return command.address().equals(onlyInService(command).address())
                ? false
                : apply(List.of(new AddressChanged(command.deviceId(), command.address())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(IssueToken command) {
        return command.tokenDigest().equals(onlyInService(command).tokenDigest())
                ? false
                : apply(List.of(new TokenIssued(command.deviceId(), command.tokenDigest())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(WithdrawToken command) {
        return onlyInService(command).tokenDigest() == null
                ? false
                : apply(List.of(new TokenWithdrawn(command.deviceId())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(NoteSilence command) {
        return onlyInService(command).silent()
                ? false
                : apply(List.of(new DeviceFellSilent(command.deviceId(), command.lastSeen())));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(NoteReturn command) {
        return onlyInService(command).silent() ? apply(List.of(new DeviceCameBack(command.deviceId()))) : false;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(DecommissionDevice command) {
        onlyInService(command);
        onlyThisVersion(command.expectedVersion());
        apply(List.of(new DeviceDecommissioned(command.deviceId())));
    }

    @EventSourcingHandler
    void on(DeviceEvent event) {
        id = "device/" + event.deviceId();
        state = state.after(event);
    }

    private Present onlyInService(DeviceCommand command) {
        if (state instanceof Present present) {
            return present;
        }
        throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device '" + command.deviceId() + "'.");
    }

    private static void onlyThisVersion(@Nullable Long expected) {
        Long version = AggregateLifecycle.getVersion();
        if (expected != null && !expected.equals(version)) {
            throw KernelRefusal.VERSION_LOST.because("The device is at version " + version + ", not " + expected + ".");
        }
    }

    private static boolean apply(List<DeviceEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
