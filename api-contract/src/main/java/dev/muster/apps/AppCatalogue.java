package dev.muster.apps;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All apps and their releases, in memory on each node, folded from the log. */
public interface AppCatalogue {

    /** Null for one that is not in the catalogue (any more). */
    @Nullable
    App find(AppName name);

    /** As {@link #find}, refused with {@link AppsRefusal#APP_UNKNOWN}. */
    default App needed(AppName name) {
        App found = find(name);
        if (found == null) {
            throw AppsRefusal.APP_UNKNOWN.because("There is no app '" + name + "'.");
        }
        return found;
    }

    /** Also one that was removed: devices may still have it. */
    @Nullable
    App keyed(AppKey key);

    /** The app that has this release, also a removed one. */
    @Nullable
    App having(ReleaseKey release);

    /** Those in the catalogue, by name. */
    Collection<App> all();

    /** Tells of apps that changed, until it is closed. Called on the thread that reads the log: do nothing slow. */
    AutoCloseable onChange(Change change);

    @FunctionalInterface
    interface Change {
        void changed(AppKey app);
    }

    /**
     * An app, immutable.
     *
     * @param releases in the order they were made
     * @param version of its last event, from 1
     * @param removed whether it is in the catalogue no more
     */
    record App(
            AppKey key,
            AppName name,
            AppFace face,
            List<Release> releases,
            Instant createdAt,
            long version,
            boolean removed) {

        public App {
            releases = List.copyOf(releases);
        }

        public @Nullable Release release(String versionWanted) {
            return releases.stream()
                    .filter(each -> each.version().equals(versionWanted))
                    .findFirst()
                    .orElse(null);
        }

        /** As {@link #release(String)}, refused with {@link AppsRefusal#RELEASE_UNKNOWN}. */
        public Release neededRelease(String versionWanted) {
            Release found = release(versionWanted);
            if (found == null) {
                throw AppsRefusal.RELEASE_UNKNOWN.because("App '" + name + "' has no release " + versionWanted + ".");
            }
            return found;
        }

        public @Nullable Release release(ReleaseKey keyWanted) {
            return releases.stream()
                    .filter(each -> each.key().equals(keyWanted))
                    .findFirst()
                    .orElse(null);
        }

        /**
         * What devices of this architecture get that follow the newest: the release made last that is offered and was
         * not taken back. Null when there is none.
         *
         * @param architecture empty for unknown
         */
        public @Nullable Release newest(String architecture) {
            for (Release each : releases.reversed()) {
                if (each.offered() && each.yanked() == null && each.runsOn(architecture)) {
                    return each;
                }
            }
            return null;
        }
    }

    /**
     * A release of an app.
     *
     * @param architectures none for all
     * @param compose a JSON object, or null for a single image
     * @param yanked why it was taken back, or null
     */
    record Release(
            ReleaseKey key,
            String version,
            Set<String> architectures,
            @Nullable String compose,
            String notes,
            boolean offered,
            @Nullable String yanked,
            Instant createdAt) {

        public Release {
            architectures = Set.copyOf(architectures);
        }

        /** Whether there is something of it for this architecture; one that is unknown is given the benefit. */
        public boolean runsOn(String architecture) {
            return architectures.isEmpty() || architecture.isEmpty() || architectures.contains(architecture);
        }
    }
}
