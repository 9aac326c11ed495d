package dev.muster.apps.command;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppRolloutView.GroupState;
import dev.muster.apps.AppRolloutView.RolloutGroup;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppTarget;
import dev.muster.apps.Installations;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.ReportedApp;
import dev.muster.apps.WantedApp;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Apps as policies see them: what is known, and what they ordered. */
final class AppHouse {

    static final AppRolloutId ID = new AppRolloutId(new UUID(7, 7));
    static final AppKey APP = new AppKey(7);
    static final Place SITE = Place.group("site");
    static final AppRolloutPlan PLAN = new AppRolloutPlan(
            "winter",
            APP,
            "1.1",
            null,
            SITE,
            "id==*",
            List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null)),
            null,
            Duration.ofMinutes(90),
            11);

    final Sent commands = new Sent();
    final Agents agents = new Agents();
    final Known rollouts = new Known();
    final Devices installations = new Devices();
    final Catalogue catalogue = new Catalogue();
    private long position;

    /** The next event of the log. */
    Recorded recorded(Object event) {
        return new Recorded(++position, "e" + position, Instant.EPOCH, event, "any", 0, Map.of());
    }

    static DeviceId device(String id) {
        return new DeviceId(id);
    }

    /** Has an agent and is to have this version, as it reported. */
    void has(String device, @Nullable String version, ReportedApp reported) {
        agents.enrol(device);
        String from = SITE.toString();
        installations.wanted.put(
                device(device), new WantedApp(AppTarget.RUNNING, from, version, from, new TreeMap<>(), List.of(), 11));
        installations.reported.put(device(device), reported);
    }

    /** Remembers what was sent, and answers as it is told. */
    static final class Sent implements Commands {

        final List<Object> all = new ArrayList<>();
        Function<Object, CompletableFuture<?>> answer = command -> CompletableFuture.completedFuture(null);

        @Override
        public <R> Mono<R> send(Object command) {
            return Mono.fromFuture(() -> this.<R>answered(command));
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            return answered(command);
        }

        @SuppressWarnings("unchecked")
        private <R> CompletableFuture<R> answered(Object command) {
            all.add(command);
            return (CompletableFuture<R>) answer.apply(command);
        }
    }

    static final class Agents implements AppAgents {

        private final Map<DeviceId, AppAgent> all = new TreeMap<>();

        /** One that is enrolled already stays as it is. */
        void enrol(String device) {
            enrol(device, AgentSystem.UNKNOWN);
        }

        void enrol(String device, AgentSystem system) {
            all.putIfAbsent(
                    device(device),
                    new AppAgent(
                            device(device),
                            ProjectKey.MAIN,
                            new AgentKey(all.size() + 1),
                            "serial",
                            "s1",
                            11,
                            AgentStatus.CONNECTED,
                            1,
                            true,
                            system,
                            Instant.EPOCH,
                            Instant.EPOCH,
                            1));
        }

        @Override
        public @Nullable AppAgent find(DeviceId device) {
            return all.get(device);
        }

        @Override
        public @Nullable AppAgent keyed(AgentKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable AppAgent withSerial(String serial) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Collection<AppAgent> all() {
            return all.values();
        }

        @Override
        public Collection<AppAgent> in(ProjectKey project) {
            return all.values();
        }
    }

    /** App 7 with releases 1.0 and 1.1, until a test says otherwise. */
    static final class Catalogue implements AppCatalogue {

        App app = app(false);

        static App app(boolean yanked) {
            return new App(
                    APP,
                    new AppName("hello"),
                    AppFace.PLAIN,
                    List.of(release(70, "1.0", false), release(71, "1.1", yanked)),
                    Instant.EPOCH,
                    1,
                    false);
        }

        /** The same, with releases for one architecture only. */
        static App onlyFor(String architecture) {
            App app = app(false);
            List<Release> releases = app.releases().stream()
                    .map(each -> new Release(
                            each.key(), each.version(), Set.of(architecture), null, "", true, null, Instant.EPOCH))
                    .toList();
            return new App(app.key(), app.name(), app.face(), releases, app.createdAt(), 1, false);
        }

        private static Release release(long key, String version, boolean yanked) {
            return new Release(
                    new ReleaseKey(key), version, Set.of(), null, "", true, yanked ? "bad" : null, Instant.EPOCH);
        }

        @Override
        public @Nullable App find(AppName name) {
            return app.name().equals(name) ? app : null;
        }

        @Override
        public @Nullable App keyed(AppKey key) {
            return app.key().equals(key) ? app : null;
        }

        @Override
        public @Nullable App having(ReleaseKey release) {
            return app.release(release) == null ? null : app;
        }

        @Override
        public Collection<App> all() {
            return List.of(app);
        }

        @Override
        public AutoCloseable onChange(Change change) {
            throw new UnsupportedOperationException();
        }
    }

    final class Devices implements Installations {

        final Map<DeviceId, WantedApp> wanted = new HashMap<>();
        final Map<DeviceId, ReportedApp> reported = new HashMap<>();

        @Override
        public @Nullable Installation find(DeviceId device, AppKey app, AppStage stage) {
            ReportedApp there = reported.get(device);
            if (there == null) {
                return null;
            }
            AppAgents.AppAgent agent = agents.needed(device);
            return new Installation(
                    device,
                    catalogue.app,
                    wanted.get(device),
                    there,
                    AppOrder.release(catalogue.app, wanted.get(device), there, agent),
                    AppOrder.of(catalogue.app, wanted.get(device), there, agent));
        }

        @Override
        public List<Installation> of(DeviceId device) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Installation> having(AppKey app) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ReportedApp reported(DeviceId device, AppKey app, AppStage stage) {
            return reported.getOrDefault(device, ReportedApp.unheard(stage));
        }

        @Override
        public List<Known> known(DeviceId device) {
            return reported.containsKey(device) ? List.of(new Known(APP, AppStage.PROD)) : List.of();
        }

        @Override
        public AutoCloseable onChange(Change change) {
            throw new UnsupportedOperationException();
        }
    }

    /** One rollout, {@link #ID}, of members that tests name. */
    static final class Known implements AppRollouts {

        final Map<DeviceId, Membership> members = new TreeMap<>();
        final Map<DeviceId, Long> ends = new HashMap<>();
        AppRolloutView.State state = AppRolloutView.State.RUNNING;

        void member(String device, int group, boolean reached) {
            members.put(device(device), new Membership(ID, APP, group, reached, false));
        }

        void ended(String device, long position) {
            Membership before = members.get(device(device));
            members.put(device(device), new Membership(ID, APP, before.group(), before.reached(), true));
            ends.put(device(device), position);
        }

        @Override
        public @Nullable AppRolloutView find(AppRolloutId id) {
            if (!id.equals(ID)) {
                return null;
            }
            List<RolloutGroup> groups = new ArrayList<>();
            for (int i = 0; i < PLAN.groups().size(); i++) {
                int group = i;
                int size = (int) members.values().stream()
                        .filter(each -> each.group() == group)
                        .count();
                groups.add(new RolloutGroup("g" + i, GroupState.RUNNING, size, 0, 0, 0, 50, 80, 20, false));
            }
            return new AppRolloutView(ID, PLAN, state, null, null, groups, Instant.EPOCH, null, null, null, 0);
        }

        @Override
        public List<AppRolloutId> underWay(AppKey app) {
            boolean over = state == AppRolloutView.State.STOPPED || state == AppRolloutView.State.FINISHED;
            return app.equals(APP) && !over ? List.of(ID) : List.of();
        }

        @Override
        public @Nullable Membership membership(AppKey app, DeviceId device) {
            return app.equals(APP) ? members.get(device) : null;
        }

        @Override
        public List<Membership> memberships(DeviceId device) {
            Membership member = members.get(device);
            return member == null ? List.of() : List.of(member);
        }

        @Override
        public List<DeviceId> open(AppRolloutId id, int group) {
            return members.entrySet().stream()
                    .filter(entry -> entry.getValue().group() == group
                            && !entry.getValue().ended())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public List<DeviceId> endedBy(AppRolloutId id, long at, List<DeviceId> named) {
            return named.stream()
                    .filter(device -> ends.getOrDefault(device, -1L) == at)
                    .toList();
        }

        @Override
        public WantedApp.@Nullable Staged staged(AppKey app, DeviceId device) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AutoCloseable onChange(Installations.Change change) {
            throw new UnsupportedOperationException();
        }
    }
}
