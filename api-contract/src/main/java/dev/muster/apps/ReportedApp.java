package dev.muster.apps;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an app on a device from its agent's reports, and what was asked of it beside them.
 *
 * @param state null before the first report
 * @param since when the state was reported first
 * @param failures in a row
 * @param ports as the device published them
 * @param held what was called off, or null
 * @param credentialEpoch from 1
 */
public record ReportedApp(
        AppStage stage,
        @Nullable AppState state,
        @Nullable ReleaseKey release,
        AppUpdateStatus update,
        @Nullable Instant since,
        int failures,
        List<PortRule> ports,
        @Nullable Held held,
        int credentialEpoch) {

    /** Failures in a row that make a crash loop. */
    public static final int CRASH_LOOP_MIN = 3;

    /** An app that ran as long as this is well; that it fails then is a new story. */
    public static final Duration WELL_AFTER = Duration.ofMinutes(10);

    public ReportedApp {
        ports = List.copyOf(ports);
    }

    /**
     * What was called off.
     *
     * @param release null for whatever there is
     * @param removes whether nothing of the app shall be there; else it stays with the release it has
     */
    public record Held(@Nullable ReleaseKey release, boolean removes) {

        /** Whether it is about this release. */
        public boolean concerns(@Nullable ReleaseKey wanted) {
            return release == null || release.equals(wanted);
        }
    }

    /** Of which nothing was heard. */
    public static ReportedApp unheard(AppStage stage) {
        return new ReportedApp(stage, null, null, AppUpdateStatus.NONE, null, 0, List.of(), null, 1);
    }

    /** Whether it failed often in a row, as far as it is told: that it has been well since then is told by nobody. */
    public boolean isCrashLooping() {
        return failures >= CRASH_LOOP_MIN;
    }

    /** Whether it fails again and again: one that has been running for a while by now does not any more. */
    public boolean isCrashLooping(Instant now) {
        return isCrashLooping() && !isWell(now);
    }

    /** Whether it has been running long enough by then that nothing is held against it. */
    public boolean isWell(Instant then) {
        return state == AppState.RUNNING
                && since != null
                && !since.plus(WELL_AFTER).isAfter(then);
    }

    /** Whether something of it is there. */
    public boolean isThere() {
        return state != null && !state.isGone();
    }

    /** Both sides fold history the same way. */
    public ReportedApp after(InstallationEvent event, Instant at) {
        return switch (event) {
            case InstallationEvent.AppStateReported e ->
                new ReportedApp(
                        stage,
                        e.state(),
                        e.release(),
                        e.update(),
                        e.state() == state && since != null ? since : at,
                        e.failures(),
                        ports,
                        held,
                        credentialEpoch);
            case InstallationEvent.AppPortsReported e -> with(failures, e.ports(), held, credentialEpoch);
            case InstallationEvent.AppHeld e ->
                with(failures, ports, new Held(e.release(), e.removes()), credentialEpoch);
            case InstallationEvent.AppResumed ignored -> with(0, ports, null, credentialEpoch);
            case InstallationEvent.AppCredentialRotated e -> with(failures, ports, held, e.epoch());
            case InstallationEvent.InstallationForgotten ignored -> unheard(stage);
        };
    }

    private ReportedApp with(int failed, List<PortRule> published, @Nullable Held calledOff, int epoch) {
        return new ReportedApp(stage, state, release, update, since, failed, published, calledOff, epoch);
    }
}
