package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to an app on a device. */
public sealed interface InstallationEvent {

    DeviceId device();

    AppKey app();

    AppStage stage();

    /** @param failures how often it failed in a row, 0 unless it does */
    record AppStateReported(
            DeviceId device,
            AppKey app,
            AppStage stage,
            AppState state,
            @Nullable ReleaseKey release,
            AppUpdateStatus update,
            int failures)
            implements InstallationEvent {}

    record AppPortsReported(DeviceId device, AppKey app, AppStage stage, List<PortRule> ports)
            implements InstallationEvent {}

    /**
     * @param release that is not to come; null for whatever there is
     * @param removes whether the device had nothing of it yet and shall have nothing; else it stays with what it has
     */
    record AppHeld(
            DeviceId device,
            AppKey app,
            AppStage stage,
            @Nullable ReleaseKey release,
            boolean removes) implements InstallationEvent {}

    record AppResumed(DeviceId device, AppKey app, AppStage stage) implements InstallationEvent {}

    record AppCredentialRotated(DeviceId device, AppKey app, AppStage stage, int epoch) implements InstallationEvent {}

    record InstallationForgotten(DeviceId device, AppKey app, AppStage stage) implements InstallationEvent {}

    /** The identifier of this history. */
    static String aggregateId(DeviceId device, AppKey app, AppStage stage) {
        return "app-installation/" + device + "/" + app + "/" + stage;
    }
}
