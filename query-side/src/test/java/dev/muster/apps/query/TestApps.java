package dev.muster.apps.query;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppAgentEvent.AgentSystemReported;
import dev.muster.apps.AppEvent;
import dev.muster.apps.AppEvent.AppCreated;
import dev.muster.apps.AppEvent.ReleaseAdded;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishEvent;
import dev.muster.apps.AppWishEvent.AppInherited;
import dev.muster.apps.AppWishEvent.AppWanted;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.InstallationEvent.AppStateReported;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.ReleaseKey;
import dev.muster.config.Seals;
import dev.muster.config.query.DeviceGroupIndex;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.MemoryLog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All of apps in memory behind a log, and words to make things happen in it. */
final class TestApps {

    static final DeviceId ROBOT = new DeviceId("robot");
    static final AppName HELLO = new AppName("hello");
    static final AppKey KEY = new AppKey(7);
    static final Place SITE = Place.group("site");
    static final Place OWN = Place.device(ROBOT);

    final DeviceGroupIndex groups = new DeviceGroupIndex();
    final ProjectIndex projects = new ProjectIndex();
    final AppAgentIndex agents = new AppAgentIndex();
    final AppCatalogueIndex catalogue = new AppCatalogueIndex();
    final AppWishIndex wishes = new AppWishIndex(agents, groups);
    final MemoryLog log;
    final AppRolloutIndex rollouts;
    final InstallationIndex installations;
    final OpenSeals seals = new OpenSeals();
    private long keys = 2;
    private long version;

    TestApps() {
        // The log feeds the folds, and one of them reads the log.
        Relay relay = new Relay();
        log = new MemoryLog(relay);
        rollouts = new AppRolloutIndex(log);
        installations = new InstallationIndex(agents, catalogue, wishes, rollouts);
        relay.folds = List.of(groups, projects, agents, catalogue, wishes, rollouts, installations);
    }

    private static final class Relay implements Fold {
        private List<Fold> folds = List.of();

        @Override
        public String name() {
            return "relay";
        }

        @Override
        public void apply(Recorded recorded) {
            folds.forEach(fold -> fold.apply(recorded));
        }
    }

    /** A device of group {@code site/line} with an agent in the main project. */
    void enrols(DeviceId device) {
        log.record(
                "device/" + device,
                new DeviceRegistered(
                        device, device.value(), "site/line", List.of(), Map.of(), null, null, Origin.OPERATOR));
        AgentKey key = new AgentKey(++keys);
        happens(new AgentEnrolled(device, ProjectKey.MAIN, key, "serial-" + key, "s1", 11));
    }

    void happens(AppAgentEvent event) {
        log.record(AppAgentEvent.aggregateId(event.device()), event);
    }

    void runsOn(DeviceId device, String arch) {
        happens(new AgentSystemReported(device, new AgentSystem("linux", arch, "", "0.20.20")));
    }

    void leaves(DeviceId device) {
        log.record("device/" + device, new DeviceDecommissioned(device));
    }

    /** App 7, hello, with releases 70 and on. */
    void releases(String... versions) {
        happens(new AppCreated(HELLO, KEY, AppFace.PLAIN));
        for (int i = 0; i < versions.length; i++) {
            happens(new ReleaseAdded(HELLO, new ReleaseKey(70 + i), versions[i], List.of(), null, "", true));
        }
    }

    void happens(AppEvent event) {
        log.record(event.app().aggregateId(), event);
    }

    void wants(Place place, AppWish wish) {
        log.record(AppWishEvent.aggregateId(KEY, place), new AppWanted(KEY, place, ++version, wish, 11));
    }

    void wants(Place place, AppTarget target, @Nullable String pinned) {
        wants(place, new AppWish(target, pinned, AppWish.NOTHING.environment(), AppWish.NOTHING.secrets(), List.of()));
    }

    void inherits(Place place) {
        log.record(AppWishEvent.aggregateId(KEY, place), new AppInherited(KEY, place, ++version));
    }

    void reports(DeviceId device, AppState state, @Nullable Long release) {
        happens(new AppStateReported(
                device,
                KEY,
                AppStage.PROD,
                state,
                release == null ? null : new ReleaseKey(release),
                AppUpdateStatus.NONE,
                state == AppState.FAILED ? 1 : 0));
    }

    void happens(InstallationEvent event) {
        log.record(InstallationEvent.aggregateId(event.device(), event.app(), event.stage()), event);
    }

    /** Writes owner and place before what is sealed, and opens it for them alone. */
    static final class OpenSeals implements Seals {

        private final Set<String> destroyed = new HashSet<>();

        @Override
        public String seal(String owner, String place, String clear) {
            return owner + "|" + place + "|" + clear;
        }

        @Override
        public Optional<String> open(String owner, String place, String sealed) {
            String start = owner + "|" + place + "|";
            return destroyed.contains(owner) || !sealed.startsWith(start)
                    ? Optional.empty()
                    : Optional.of(sealed.substring(start.length()));
        }

        @Override
        public void destroy(String owner) {
            destroyed.add(owner);
        }
    }
}
