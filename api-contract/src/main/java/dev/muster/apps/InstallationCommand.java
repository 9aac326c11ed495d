package dev.muster.apps;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be said of an app that is on a device, and asked of it beside what is wanted of it. */
public sealed interface InstallationCommand extends AggregateCommand {

    DeviceId device();

    AppKey app();

    AppStage stage();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return InstallationEvent.aggregateId(device(), app(), stage());
    }

    /**
     * The agent reports a state. Whatever it reports is the truth, also when nobody expects it; the same again is no
     * event.
     *
     * @param release what it has; null when it said none
     * @param at when it was heard: a failure long after the last one begins a new count
     */
    record ReportAppState(
            DeviceId device,
            AppKey app,
            AppStage stage,
            AppState state,
            @Nullable ReleaseKey release,
            AppUpdateStatus update,
            Instant at)
            implements InstallationCommand {}

    /** The agent reports what ports it published. The same again is no event. */
    record ReportAppPorts(DeviceId device, AppKey app, AppStage stage, List<PortRule> ports)
            implements InstallationCommand {}

    /**
     * Calls off what is under way, and keeps it off: until it is resumed, or another release is wanted, the device stays
     * with what it has. Refused with {@link AppsRefusal#NOTHING_UNDER_WAY} unless it is being brought, built or updated.
     *
     * @param release the one that is wanted; null in {@link AppStage#DEV}
     */
    record HoldApp(
            DeviceId device,
            AppKey app,
            AppStage stage,
            @Nullable ReleaseKey release) implements InstallationCommand {}

    /** Lets go on what was held, and forgets failures: the device is told anew. */
    record ResumeApp(DeviceId device, AppKey app, AppStage stage) implements InstallationCommand {}

    /** The app's credential on this device is another one from now on. Answers the epoch. */
    record RotateAppCredential(DeviceId device, AppKey app, AppStage stage) implements InstallationCommand {}

    /** The device is no longer ours: what it had is history. */
    record ForgetInstallation(DeviceId device, AppKey app, AppStage stage) implements InstallationCommand {}
}
