package dev.muster.apps.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Apps on a simulated device, each by its stage and number. */
final class LocalApps {

    private final LocalApp.Host host;
    private final AgentSettings settings;
    private final ContainerEngine engine;
    private final Consumer<String> notes;
    private final Map<String, LocalApp> apps = new ConcurrentHashMap<>();
    /** Orders of the last list that are not begun yet. */
    private final Map<String, AppRequest> pending = new ConcurrentHashMap<>();

    LocalApps(LocalApp.Host host, AgentSettings settings, ContainerEngine engine, Consumer<String> notes) {
        this.host = host;
        this.settings = settings;
        this.engine = engine;
        this.notes = notes;
    }

    Collection<LocalApp> all() {
        return List.copyOf(apps.values());
    }

    /** An order about one of them. */
    void asked(AppRequest request) {
        known(request).ask(request);
    }

    private LocalApp known(AppRequest request) {
        return apps.computeIfAbsent(key(request), any -> new LocalApp(host, settings, engine, request));
    }

    private static String key(AppRequest request) {
        return request.stage() + "/" + request.app();
    }

    /** All that should be here. What is not in it goes, whatever it does. */
    void wanted(JsonNode list) throws AgentFault {
        Set<String> told = new HashSet<>();
        List<AppRequest> requests = new ArrayList<>();
        if (list.isArray()) {
            for (JsonNode each : list) {
                AppRequest request = AppRequest.of(each);
                told.add(key(request));
                requests.add(request);
            }
        }
        for (String each : List.copyOf(apps.keySet())) {
            if (!told.contains(each)) {
                LocalApp gone = apps.remove(each);
                if (gone != null) {
                    gone.wipe();
                }
                notes.accept("wiped " + each);
            }
        }
        for (AppRequest request : requests) {
            if (!request.isDev()) {
                known(request);
                pending.put(key(request), request);
            }
        }
    }

    /** Brings what should be here to where it should be. */
    void goOn() {
        for (String each : List.copyOf(pending.keySet())) {
            AppRequest request = pending.remove(each);
            LocalApp app = apps.get(each);
            if (request != null && app != null) {
                app.ask(request);
            }
        }
    }

    List<Map<String, Object>> containers() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (LocalApp app : all()) {
            if (app.state().equals("RUNNING")) {
                all.add(Map.of("Names", List.of("/" + app.wanted().container()), "State", "running"));
            }
        }
        return all;
    }

    /** The container of one that is a release ends by itself. */
    void exits(String name) {
        LocalApp found = named(name);
        if (found != null) {
            found.exits();
        }
    }

    /** One that is a release, by name. */
    @Nullable
    LocalApp named(String name) {
        for (LocalApp each : all()) {
            if (each.wanted().name().equals(name) && !each.wanted().isDev()) {
                return each;
            }
        }
        return null;
    }
}
