package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which apps are on which devices, and which should be, in memory on each node, folded from the log. */
public interface Installations {

    /** Null when it is neither wanted there nor was ever reported, or the device is not enrolled. */
    @Nullable
    Installation find(DeviceId device, AppKey app, AppStage stage);

    /** As {@link #find}, refused with {@link AppsRefusal#NOT_INSTALLED}. */
    default Installation needed(DeviceId device, AppKey app, AppStage stage) {
        Installation found = find(device, app, stage);
        if (found == null) {
            throw AppsRefusal.NOT_INSTALLED.because("Device '" + device + "' has nothing to do with this app.");
        }
        return found;
    }

    /** All of a device, by name of app, releases before what is built there. */
    List<Installation> of(DeviceId device);

    /** All of an app, by id of device; of enrolled devices only. */
    List<Installation> having(AppKey app);

    /** What was reported, also of devices that are not enrolled any more. */
    ReportedApp reported(DeviceId device, AppKey app, AppStage stage);

    /** What was ever reported by a device or asked of it, and was not forgotten. */
    List<Known> known(DeviceId device);

    /** One life of an app on a device. */
    record Known(AppKey app, AppStage stage) {}

    /**
     * Tells when what a device is to be told may have changed, until it is closed. Called on the thread that reads the
     * log: do nothing slow there, and compare orders, for it may turn out to be the same.
     */
    AutoCloseable onChange(Change change);

    @FunctionalInterface
    interface Change {

        /**
         * @param device null for any that is enrolled
         * @param app null for any
         */
        void changed(@Nullable DeviceId device, @Nullable AppKey app);
    }

    /**
     * One app on one device.
     *
     * @param wanted null when nobody says how it should be
     * @param next the release that is wanted and can come, or null
     * @param order what its agent is told of it; null for nothing
     */
    record Installation(
            DeviceId device,
            AppCatalogue.App app,
            @Nullable WantedApp wanted,
            ReportedApp reported,
            AppCatalogue.@Nullable Release next,
            @Nullable AppOrder order) {

        /** How things stand by now, in one word. */
        public Condition condition(Instant now) {
            AppState state = reported.state();
            if (reported.isCrashLooping(now)) {
                return Condition.CRASH_LOOP;
            }
            if (state == AppState.FAILED) {
                return Condition.FAILED;
            }
            ReportedApp.Held held = reported.held();
            if (held != null && held.concerns(next == null ? null : next.key()) && !hasNext()) {
                return Condition.HELD;
            }
            if (wanted != null && wanted.target().wantsIt() && next == null) {
                return Condition.NO_RELEASE;
            }
            if (state != null && state.isUnderWay()) {
                return Condition.UNDER_WAY;
            }
            return isAsWanted() ? Condition.IN_STEP : Condition.BEHIND;
        }

        /** Whether it is on the device just as it should be. */
        public boolean isAsWanted() {
            if (reported.stage() == AppStage.DEV) {
                return true;
            }
            AppState state = reported.state();
            if (wanted == null) {
                return !reported.isThere();
            }
            return switch (wanted.target()) {
                case RUNNING -> state == AppState.RUNNING && hasNext();
                case PRESENT -> state == AppState.PRESENT && hasNext();
                case REMOVED, UNINSTALLED -> state == null || state.isGone();
            };
        }

        /** Whether it has the release it should have. */
        private boolean hasNext() {
            return next != null && next.key().equals(reported.release()) && reported.isThere();
        }
    }

    /** How an app stands on a device. */
    enum Condition {
        IN_STEP,
        /** It should be otherwise, and the device has not begun; it may be away. */
        BEHIND,
        UNDER_WAY,
        /** Somebody called it off. */
        HELD,
        /** There is no release that could come. */
        NO_RELEASE,
        FAILED,
        CRASH_LOOP
    }
}
