package dev.muster.apps.query;

import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppAgentEvent.AgentMoved;
import dev.muster.apps.AppAgentEvent.AgentSystemReported;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppEvent;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppWishEvent;
import dev.muster.apps.AppWishes;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.InstallationEvent.InstallationForgotten;
import dev.muster.apps.Installations;
import dev.muster.apps.Place;
import dev.muster.apps.ReportedApp;
import dev.muster.apps.WantedApp;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What devices reported of apps, folded from the log; and how that stands beside what is wanted, worked out when somebody
 * asks. It is folded behind everything it asks, so that what it tells of as changed is to be seen as changed.
 */
public final class InstallationIndex implements Fold, Installations {

    private static final Comparator<Installation> BY_NAME = Comparator.comparing(
                    (Installation each) -> each.app().name())
            .thenComparing(each -> each.app().key())
            .thenComparing(each -> each.reported().stage(), Comparator.reverseOrder());

    private final AppAgents agents;
    private final AppCatalogue catalogue;
    private final AppWishes wishes;
    private final AppRollouts rollouts;
    private final Map<DeviceId, Map<Known, ReportedApp>> reports = new ConcurrentHashMap<>();
    private final Listeners<Change> listeners = new Listeners<>();

    public InstallationIndex(AppAgents agents, AppCatalogue catalogue, AppWishes wishes, AppRollouts rollouts) {
        this.agents = agents;
        this.catalogue = catalogue;
        this.wishes = wishes;
        this.rollouts = rollouts;
        var unusedForAsLongAsTheProcess = rollouts.onChange(this::tell);
    }

    @Override
    public String name() {
        return "app-installations";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case InstallationEvent event -> {
                note(event, recorded);
                tell(event.device(), event.app());
            }
            case AppWishEvent event -> {
                boolean one = event.place().kind() == Place.Kind.DEVICE;
                tell(one ? new DeviceId(event.place().name()) : null, event.app());
            }
            case AppEvent event -> {
                AppCatalogue.App app = catalogue.find(event.app());
                tell(null, app == null ? null : app.key());
            }
            case AppAgentEvent event -> {
                if (event instanceof AgentEnrolled
                        || event instanceof AgentMoved
                        || event instanceof AgentSystemReported) {
                    tell(event.device(), null);
                }
            }
            case DeviceEvent event -> {
                if (event instanceof DeviceRegistered || event instanceof DeviceGrouped) {
                    tell(event.deviceId(), null);
                }
            }
            default -> {
                // Nothing else is about apps.
            }
        }
    }

    private void note(InstallationEvent event, Recorded recorded) {
        Known key = new Known(event.app(), event.stage());
        Map<Known, ReportedApp> ofDevice = reports.computeIfAbsent(event.device(), any -> new ConcurrentHashMap<>());
        if (event instanceof InstallationForgotten) {
            ofDevice.remove(key);
            return;
        }
        ReportedApp before = ofDevice.getOrDefault(key, ReportedApp.unheard(event.stage()));
        ofDevice.put(key, before.after(event, recorded.at()));
    }

    private void tell(@Nullable DeviceId device, @Nullable AppKey app) {
        listeners.tell(each -> each.changed(device, app));
    }

    @Override
    public AutoCloseable onChange(Change change) {
        return listeners.add(change);
    }

    @Override
    public ReportedApp reported(DeviceId device, AppKey app, AppStage stage) {
        return reports.getOrDefault(device, Map.of()).getOrDefault(new Known(app, stage), ReportedApp.unheard(stage));
    }

    @Override
    public List<Known> known(DeviceId device) {
        return List.copyOf(reports.getOrDefault(device, Map.of()).keySet());
    }

    @Override
    public @Nullable Installation find(DeviceId device, AppKey key, AppStage stage) {
        AppAgent agent = agents.find(device);
        AppCatalogue.App app = catalogue.keyed(key);
        if (agent == null || app == null) {
            return null;
        }
        ReportedApp reported = reported(device, key, stage);
        // The rollout is asked for first: one that ends leaves its release to its place before it lets go, so whoever
        // sees that it let go sees what the place says.
        WantedApp.Staged staged = stage == AppStage.PROD && !app.removed() ? rollouts.staged(key, device) : null;
        WantedApp wanted =
                stage == AppStage.PROD && !app.removed() ? WantedApp.over(wishes.of(device, key), staged) : null;
        if (wanted == null && reported.state() == null && reported.held() == null) {
            return null;
        }
        return new Installation(
                device,
                app,
                wanted,
                reported,
                AppOrder.release(app, wanted, reported, agent),
                AppOrder.of(app, wanted, reported, agent));
    }

    @Override
    public List<Installation> of(DeviceId device) {
        TreeSet<AppKey> apps = new TreeSet<>(wishes.apps(device));
        known(device).forEach(each -> apps.add(each.app()));
        rollouts.memberships(device).forEach(each -> apps.add(each.app()));
        List<Installation> all = new ArrayList<>();
        for (AppKey app : apps) {
            for (AppStage stage : AppStage.values()) {
                Installation found = find(device, app, stage);
                if (found != null) {
                    all.add(found);
                }
            }
        }
        all.sort(BY_NAME);
        return all;
    }

    @Override
    public List<Installation> having(AppKey app) {
        List<Installation> all = new ArrayList<>();
        for (AppAgent agent : agents.all()) {
            for (AppStage stage : AppStage.values()) {
                Installation found = find(agent.device(), app, stage);
                if (found != null) {
                    all.add(found);
                }
            }
        }
        return all;
    }
}
