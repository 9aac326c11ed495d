package dev.muster.updates.command;

import dev.muster.updates.CurrentSettings;
import dev.muster.updates.UpdateSettings;

/** Settings that do not change, and how often they were asked for. */
final class FixedSettings implements CurrentSettings {

    private final UpdateSettings settings;
    int asked;

    FixedSettings(boolean confirmationFlow, boolean autoClose) {
        UpdateSettings d = UpdateSettings.DEFAULTS;
        settings = new UpdateSettings(
                d.pollingTime(),
                d.targetToken(),
                d.gatewayToken(),
                d.gatewayTokenDigest(),
                d.certificateHeader(),
                d.authorities(),
                d.trust(),
                d.external(),
                confirmationFlow,
                autoClose,
                d.windowPollCount(),
                d.trackAddress(),
                d.openDownloads(),
                d.publicBaseUrl(),
                d.downloadBaseUrl(),
                d.rolloutApproval());
    }

    @Override
    public UpdateSettings get() {
        asked++;
        return settings;
    }

    @Override
    public long version() {
        return 0;
    }
}
