package dev.muster.apps.query;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishEvent;
import dev.muster.apps.AppWishEvent.AppInherited;
import dev.muster.apps.AppWishEvent.AppWanted;
import dev.muster.apps.AppWishes;
import dev.muster.apps.Place;
import dev.muster.apps.WantedApp;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Layer;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What places say about apps, folded from the log. What counts for a device is put together when somebody asks: which
 * project it is in and which groups is known elsewhere, and changes there need nothing here.
 */
public final class AppWishIndex implements Fold, AppWishes {

    private final AppAgents agents;
    private final DeviceGroups groups;
    private final Map<Place, NavigableMap<AppKey, Placed>> places = new ConcurrentHashMap<>();
    private final Map<AppKey, NavigableMap<Place, Placed>> apps = new ConcurrentHashMap<>();

    public AppWishIndex(AppAgents agents, DeviceGroups groups) {
        this.agents = agents;
        this.groups = groups;
    }

    @Override
    public String name() {
        return "app-wishes";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof AppWishEvent event)) {
            return;
        }
        Placed placed =
                switch (event) {
                    case AppWanted e -> new Placed(e.app(), e.place(), e.wish(), e.version(), e.account(), true);
                    case AppInherited e -> new Placed(e.app(), e.place(), AppWish.NOTHING, e.version(), 0, false);
                };
        places.computeIfAbsent(event.place(), any -> new ConcurrentSkipListMap<>())
                .put(event.app(), placed);
        apps.computeIfAbsent(event.app(), any -> new ConcurrentSkipListMap<>()).put(event.place(), placed);
    }

    @Override
    public @Nullable Placed find(AppKey app, Place place) {
        NavigableMap<AppKey, Placed> there = places.get(place);
        return there == null ? null : there.get(app);
    }

    @Override
    public List<Placed> at(Place place) {
        NavigableMap<AppKey, Placed> there = places.get(place);
        return there == null ? List.of() : List.copyOf(there.values());
    }

    @Override
    public List<Placed> about(AppKey app) {
        NavigableMap<Place, Placed> there = apps.get(app);
        return there == null ? List.of() : List.copyOf(there.values());
    }

    @Override
    public List<WantedApp.Said> of(DeviceId device, AppKey app) {
        List<WantedApp.Said> said = new ArrayList<>();
        for (Place place : around(device)) {
            Placed placed = find(app, place);
            if (placed != null && placed.says()) {
                said.add(new WantedApp.Said(place, placed.wish(), placed.account()));
            }
        }
        return said;
    }

    @Override
    public Set<AppKey> apps(DeviceId device) {
        Set<AppKey> all = new TreeSet<>(Comparator.naturalOrder());
        for (Place place : around(device)) {
            for (Placed placed : at(place)) {
                if (placed.says()) {
                    all.add(placed.app());
                }
            }
        }
        return all;
    }

    /** Places whose word counts for the device, the weakest first. */
    private List<Place> around(DeviceId device) {
        AppAgent agent = agents.find(device);
        if (agent == null) {
            return List.of();
        }
        List<Place> all = new ArrayList<>();
        all.add(Place.project(agent.project()));
        for (Layer group : groups.of(device)) {
            all.add(Place.group(group.name()));
        }
        all.add(Place.device(device));
        return all;
    }
}
