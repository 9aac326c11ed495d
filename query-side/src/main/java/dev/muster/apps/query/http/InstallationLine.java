package dev.muster.apps.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.apps.AppCatalogue.Release;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.Installations.Condition;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.PortRule;
import dev.muster.apps.ReportedApp;
import dev.muster.apps.WantedApp;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app on a device: what is wanted beside what is.
 *
 * @param container what it is called on the device, for its log and its shell
 * @param wanted null when nobody says how it should be
 * @param reported null when nothing was heard of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InstallationLine(
        DeviceId device,
        AppName app,
        AppKey key,
        AppStage stage,
        String container,
        Condition condition,
        @Nullable WantedLine wanted,
        @Nullable ReportedLine reported) {

    /**
     * @param targetFrom the place that says so, or {@code rollout/<id>}
     * @param pinned the version it is to stay with, null for the newest
     * @param next the version that it is to have now; null when there is none that could come
     * @param environment names of parameters that have a value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WantedLine(
            AppTarget target,
            String targetFrom,
            @Nullable String pinned,
            String versionFrom,
            @Nullable String next,
            List<String> environment) {}

    /**
     * @param version null when it said none, or one that nobody knows
     * @param since when it was so first
     * @param failures in a row
     * @param calledOff whether something is not to come until somebody lets it go on
     * @param ports as the device published them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReportedLine(
            @Nullable AppState state,
            @Nullable String version,
            AppUpdateStatus update,
            @Nullable Instant since,
            int failures,
            boolean calledOff,
            List<PortRule> ports) {}

    static InstallationLine of(Installation app, Instant now) {
        ReportedApp reported = app.reported();
        String stage = reported.stage().name().toLowerCase(java.util.Locale.ROOT);
        return new InstallationLine(
                app.device(),
                app.app().name(),
                app.app().key(),
                reported.stage(),
                stage + "_" + app.app().key() + "_" + app.app().name(),
                app.condition(now),
                wanted(app),
                reported.state() == null && reported.held() == null ? null : reported(app));
    }

    private static @Nullable WantedLine wanted(Installation app) {
        WantedApp wanted = app.wanted();
        Release next = app.next();
        return wanted == null
                ? null
                : new WantedLine(
                        wanted.target(),
                        wanted.targetFrom(),
                        wanted.version(),
                        wanted.versionFrom(),
                        next == null ? null : next.version(),
                        List.copyOf(wanted.environment().keySet()));
    }

    private static ReportedLine reported(Installation app) {
        ReportedApp reported = app.reported();
        Release release = reported.release() == null ? null : app.app().release(reported.release());
        return new ReportedLine(
                reported.state(),
                release == null ? null : release.version(),
                reported.update(),
                reported.since(),
                reported.failures(),
                reported.held() != null,
                reported.ports());
    }
}
