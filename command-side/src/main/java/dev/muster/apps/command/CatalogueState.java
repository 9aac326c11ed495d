package dev.muster.apps.command;

import dev.muster.apps.AppEvent;
import dev.muster.apps.AppEvent.AppChanged;
import dev.muster.apps.AppEvent.AppCreated;
import dev.muster.apps.AppEvent.AppRemoved;
import dev.muster.apps.AppEvent.ArchitectureNoted;
import dev.muster.apps.AppEvent.ReleaseAdded;
import dev.muster.apps.AppEvent.ReleaseOffered;
import dev.muster.apps.AppEvent.ReleaseYanked;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about an app need to know of its past.
 *
 * @param key null while it is not in the catalogue
 * @param version counts events over all that ever had this name
 */
record CatalogueState(@Nullable AppKey key, AppFace face, Map<String, Known> releases, long version) {

    static final CatalogueState NONE = new CatalogueState(null, AppFace.PLAIN, Map.of(), 0);

    CatalogueState {
        releases = Collections.unmodifiableMap(new LinkedHashMap<>(releases));
    }

    /** A release as it stands. */
    record Known(ReleaseAdded added, List<String> architectures, boolean offered, boolean yanked) {

        Known {
            architectures = List.copyOf(architectures);
        }
    }

    CatalogueState after(AppEvent event) {
        return switch (event) {
            case AppCreated e -> new CatalogueState(e.key(), e.face(), Map.of(), version + 1);
            case AppChanged e -> new CatalogueState(key, e.face(), releases, version + 1);
            case AppRemoved ignored -> new CatalogueState(null, AppFace.PLAIN, Map.of(), version + 1);
            case ReleaseAdded e -> with(e.version(), new Known(e, e.architectures(), e.offered(), false));
            case ArchitectureNoted e -> {
                Known before = releases.get(e.version());
                if (before == null) {
                    yield new CatalogueState(key, face, releases, version + 1);
                }
                List<String> all = new ArrayList<>(before.architectures());
                all.add(e.architecture());
                yield with(e.version(), new Known(before.added(), all, before.offered(), before.yanked()));
            }
            case ReleaseOffered e -> changed(e.version(), true, false);
            case ReleaseYanked e -> changed(e.version(), false, true);
        };
    }

    private CatalogueState changed(String release, boolean offered, boolean yanked) {
        Known before = releases.get(release);
        return before == null
                ? new CatalogueState(key, face, releases, version + 1)
                : with(release, new Known(before.added(), before.architectures(), offered, yanked));
    }

    private CatalogueState with(String release, Known now) {
        Map<String, Known> all = new LinkedHashMap<>(releases);
        all.put(release, now);
        return new CatalogueState(key, face, all, version + 1);
    }
}
