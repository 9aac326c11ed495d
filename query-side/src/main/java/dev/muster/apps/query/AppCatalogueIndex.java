package dev.muster.apps.query;

import dev.muster.apps.AppCatalogue;
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
import dev.muster.apps.AppName;
import dev.muster.apps.ReleaseKey;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Apps and releases, folded from the log. Removed apps stay known by key, for devices may still have them. */
public final class AppCatalogueIndex implements Fold, AppCatalogue {

    private final NavigableMap<AppName, App> named = new ConcurrentSkipListMap<>();
    private final Map<AppKey, App> keyed = new ConcurrentHashMap<>();
    private final Map<ReleaseKey, AppKey> releases = new ConcurrentHashMap<>();
    private final Listeners<Change> listeners = new Listeners<>();

    @Override
    public String name() {
        return "app-catalogue";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof AppEvent event)) {
            return;
        }
        App before = named.get(event.app());
        App now = after(before, event, recorded);
        if (now == null) {
            return;
        }
        keyed.put(now.key(), now);
        if (now.removed()) {
            named.remove(now.name());
        } else {
            named.put(now.name(), now);
        }
        if (event instanceof ReleaseAdded added) {
            releases.put(added.release(), now.key());
        }
        listeners.tell(each -> each.changed(now.key()));
    }

    private static @Nullable App after(@Nullable App app, AppEvent event, Recorded recorded) {
        long version = recorded.sequence() + 1;
        if (event instanceof AppCreated e) {
            return new App(e.key(), e.app(), e.face(), List.of(), recorded.at(), version, false);
        }
        if (app == null) {
            return null;
        }
        return switch (event) {
            case AppCreated ignored -> app;
            case AppChanged e -> with(app, e.face(), app.releases(), version, false);
            case AppRemoved ignored -> with(app, app.face(), app.releases(), version, true);
            case ReleaseAdded e -> {
                List<Release> all = new ArrayList<>(app.releases());
                all.add(new Release(
                        e.release(),
                        e.version(),
                        Set.copyOf(e.architectures()),
                        e.compose(),
                        e.notes(),
                        e.offered(),
                        null,
                        recorded.at()));
                yield with(app, app.face(), all, version, false);
            }
            case ArchitectureNoted e ->
                changed(app, e.version(), version, release -> {
                    Set<String> all = new HashSet<>(release.architectures());
                    all.add(e.architecture());
                    return with(release, all, release.offered(), release.yanked());
                });
            case ReleaseOffered e ->
                changed(
                        app,
                        e.version(),
                        version,
                        release -> with(release, release.architectures(), true, release.yanked()));
            case ReleaseYanked e ->
                changed(app, e.version(), version, release -> with(release, release.architectures(), false, e.why()));
        };
    }

    private static App changed(App app, String release, long version, UnaryOperator<Release> change) {
        List<Release> all = app.releases().stream()
                .map(each -> each.version().equals(release) ? change.apply(each) : each)
                .toList();
        return with(app, app.face(), all, version, false);
    }

    private static Release with(Release release, Set<String> architectures, boolean offered, @Nullable String yanked) {
        return new Release(
                release.key(),
                release.version(),
                architectures,
                release.compose(),
                release.notes(),
                offered,
                yanked,
                release.createdAt());
    }

    private static App with(App app, AppFace face, List<Release> releases, long version, boolean removed) {
        return new App(app.key(), app.name(), face, releases, app.createdAt(), version, removed);
    }

    @Override
    public @Nullable App find(AppName name) {
        return named.get(name);
    }

    @Override
    public @Nullable App keyed(AppKey key) {
        return keyed.get(key);
    }

    @Override
    public @Nullable App having(ReleaseKey release) {
        AppKey app = releases.get(release);
        return app == null ? null : keyed.get(app);
    }

    @Override
    public Collection<App> all() {
        return Collections.unmodifiableCollection(named.values());
    }

    @Override
    public AutoCloseable onChange(Change change) {
        return listeners.add(change);
    }
}
