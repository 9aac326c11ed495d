package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;

import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRolloutView.GroupState;
import dev.muster.config.ConfigRolloutView.RolloutGroup;
import dev.muster.config.ConfigRollouts;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.RegistryId;
import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A rollout of configuration as its policies see it: what is known of it, and what they ordered. */
final class RolloutHouse {

    static final ConfigRolloutId ID = new ConfigRolloutId(new UUID(7, 7));
    static final ConfigRolloutPlan PLAN = new ConfigRolloutPlan(
            "winter",
            NET,
            Profile.CONFDB,
            "all",
            List.of("port", "wifi.key"),
            Layer.fleet(),
            "id==*",
            List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null)),
            null,
            Duration.ofMinutes(90));

    final ConfigHouse config = new ConfigHouse();
    final Sent commands = new Sent();
    final Known rollouts = new Known();
    final HandTimers timers = new HandTimers();
    final Map<DeviceId, String> applied = new HashMap<>();
    final List<DeviceId> registered = new ArrayList<>();
    final Compliance compliance =
            new Compliance(new Laid(), (registry, device) -> applied.get(device), config.databags, config.seals);
    final DeviceGroups groups = new Registered();
    private long position;

    /** The next event of the log. */
    Recorded recorded(Object event) {
        return new Recorded(++position, "e" + position, Instant.EPOCH, event, "any", 0, Map.of());
    }

    /** Gives a layer values through view {@code all}: paths and JSON by turns. */
    void has(Layer layer, String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        DatabagId id = new DatabagId(NET, layer);
        Databag now = config.databags.find(id);
        WriteView write = new WriteView(id, Profile.CONFDB, "all", values, null);
        for (DatabagEvent event : DatabagDecision.write(write, now, config.registries.needed(NET), config.seals)) {
            now = now.after(event);
        }
        config.knows(id, List.of(now));
    }

    String tag(DeviceId device) {
        return new Laid().of(NET, device).tag();
    }

    static DeviceId device(String id) {
        return new DeviceId(id);
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

    /** Timers that go off by hand. */
    static final class HandTimers implements Timers {

        final Map<String, Instant> set = new TreeMap<>();
        private final Map<String, Due> owners = new HashMap<>();

        @Override
        public void set(String owner, String key, Instant due, byte[] payload) {
            set.put(owner + "|" + key, due);
        }

        @Override
        public void cancel(String owner, String key) {
            set.remove(owner + "|" + key);
        }

        @Override
        public void onDue(String owner, Due action) {
            owners.put(owner, action);
        }

        void fire(String timer) {
            int bar = timer.indexOf('|');
            owners.get(timer.substring(0, bar)).fire(timer.substring(bar + 1), new byte[0]);
        }
    }

    /** One rollout, {@link #ID}, of members that tests name. */
    static final class Known implements ConfigRollouts {

        final Map<DeviceId, Membership> members = new TreeMap<>();
        final Map<DeviceId, Long> ends = new HashMap<>();
        /** Null while there is no rollout yet. */
        @Nullable
        ConfigRolloutPlan plan = PLAN;

        ConfigRolloutView.State state = ConfigRolloutView.State.RUNNING;

        /** Makes it a member whose group has started, or not. */
        void member(String device, int group, boolean reached) {
            members.put(device(device), new Membership(ID, NET, group, reached, false));
        }

        void ended(String device, long position) {
            Membership before = members.get(device(device));
            members.put(device(device), new Membership(ID, NET, before.group(), before.reached(), true));
            ends.put(device(device), position);
        }

        @Override
        public @Nullable ConfigRolloutView find(ConfigRolloutId id) {
            ConfigRolloutPlan planned = plan;
            if (planned == null || !id.equals(ID)) {
                return null;
            }
            List<RolloutGroup> groups = new ArrayList<>();
            for (int i = 0; i < planned.groups().size(); i++) {
                int group = i;
                int size = (int) members.values().stream()
                        .filter(each -> each.group() == group)
                        .count();
                groups.add(new RolloutGroup("g" + i, GroupState.RUNNING, size, 0, 0, 0, 50, 80, 20, false));
            }
            return new ConfigRolloutView(ID, planned, state, null, null, groups, Instant.EPOCH, null, null, null, 0);
        }

        @Override
        public @Nullable Membership membership(RegistryId registry, DeviceId device) {
            return registry.equals(NET) ? members.get(device) : null;
        }

        @Override
        public List<Membership> memberships(DeviceId device) {
            Membership member = members.get(device);
            return member == null ? List.of() : List.of(member);
        }

        @Override
        public List<DeviceId> open(ConfigRolloutId id, int group) {
            return members.entrySet().stream()
                    .filter(entry -> entry.getValue().group() == group
                            && !entry.getValue().ended())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public List<DeviceId> endedBy(ConfigRolloutId id, long at, List<DeviceId> named) {
            return named.stream()
                    .filter(device -> ends.getOrDefault(device, -1L) == at)
                    .toList();
        }
    }

    /** Fleet, the rollout, and the device's own: all members are reached. */
    private final class Laid implements Wishes {

        @Override
        public Wish of(RegistryId registry, DeviceId device) {
            List<Wish.Part> parts = new ArrayList<>();
            for (Layer layer : List.of(Layer.fleet(), ID.layer(), Layer.device(device))) {
                DatabagId id = new DatabagId(registry, layer);
                Databag databag = config.databags.find(id);
                if (databag.version() > 0) {
                    parts.add(new Wish.Part(id, databag));
                }
            }
            return Wish.over(parts);
        }

        @Override
        public AutoCloseable onChange(Change change) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Registered implements DeviceGroups {

        @Override
        public boolean knows(DeviceId device) {
            return registered.contains(device);
        }

        @Override
        public List<Layer> of(DeviceId device) {
            return List.of();
        }

        @Override
        public Collection<DeviceId> in(String group) {
            return List.of();
        }

        @Override
        public Collection<DeviceId> all() {
            return registered;
        }
    }

    /** A fleet in which every filter matches the same devices. */
    static final class Matching implements DeviceDirectory {

        final List<DeviceId> devices = new ArrayList<>();

        @Override
        public @Nullable DeviceFacts facts(DeviceId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DeviceFacts> matchingFacts(@Nullable String rsql) {
            return devices.stream()
                    .map(id -> new DeviceFacts(
                            id,
                            id.value(),
                            null,
                            List.of(),
                            Map.of(),
                            Map.of(),
                            null,
                            null,
                            Origin.OPERATOR,
                            false,
                            false))
                    .toList();
        }
    }
}
