package dev.muster.config.query;

import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.ConfigRolloutEvent.GroupStarted;
import dev.muster.config.ConfigRolloutEvent.MembersPlanned;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutCreated;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRollouts;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.config.StagedLayers;
import dev.muster.config.Wishes;
import dev.muster.kernel.Fold;
import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All rollouts of configuration, and which of them has reached which device. A group gets its layer with one event, and
 * all members lose it with one event, so nobody ever sees a half of it. Members of what is over are read from the log:
 * they are asked for by people, one rollout at a time.
 */
public final class ConfigRolloutIndex implements Fold, ConfigRollouts, StagedLayers {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigRolloutIndex.class);
    private static final Comparator<ConfigRolloutView> NEWEST_FIRST = Comparator.comparing(ConfigRolloutView::createdAt)
            .thenComparing(rollout -> rollout.id().value())
            .reversed();

    private final History history;
    private final Map<ConfigRolloutId, ConfigRolloutView> views = new ConcurrentHashMap<>();
    private final Map<ConfigRolloutId, Live> live = new ConcurrentHashMap<>();
    private final Map<RegistryId, Map<DeviceId, Live>> byDevice = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** A rollout that is not over. */
    private record Live(ConfigRolloutId id, RegistryId registry, Layer layer, RolloutMembers members) {}

    /** Its own thing, so that who listens twice can end once. */
    private static final class Listener {
        private final Wishes.Change change;

        private Listener(Wishes.Change change) {
            this.change = change;
        }
    }

    public ConfigRolloutIndex(History history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "config-rollouts";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof ConfigRolloutEvent event)) {
            return;
        }
        if (event instanceof RolloutCreated created) {
            ConfigRolloutId id = created.rolloutId();
            views.put(id, ConfigRolloutStory.created(created, recorded));
            live.put(id, new Live(id, created.plan().registry(), id.layer(), new RolloutMembers()));
            return;
        }
        ConfigRolloutView before = views.get(event.rolloutId());
        if (before == null) {
            return;
        }
        Live rollout = live.get(event.rolloutId());
        List<DeviceId> changed = rollout == null ? List.of() : rollout.members().apply(event, recorded);
        if (rollout != null) {
            follow(rollout, event, changed);
        }
        // Last, so that whoever sees that it is over sees that nobody has its layer any more.
        views.put(event.rolloutId(), ConfigRolloutStory.after(before, event, recorded, changed.size()));
    }

    private void follow(Live rollout, ConfigRolloutEvent event, List<DeviceId> changed) {
        switch (event) {
            case MembersPlanned ignored -> {
                Map<DeviceId, Live> ofRegistry =
                        byDevice.computeIfAbsent(rollout.registry(), any -> new ConcurrentHashMap<>());
                changed.forEach(device -> ofRegistry.putIfAbsent(device, rollout));
            }
            case GroupStarted e -> tell(rollout, rollout.members().of(e.group()));
            case RolloutFinished ignored -> leave(rollout);
            case RolloutAborted ignored -> leave(rollout);
            default -> {
                // Nobody's layers are others after it.
            }
        }
    }

    private void leave(Live rollout) {
        live.remove(rollout.id());
        Map<DeviceId, Live> ofRegistry = byDevice.getOrDefault(rollout.registry(), Map.of());
        rollout.members().all().keySet().forEach(device -> ofRegistry.remove(device, rollout));
        tell(rollout, rollout.members().reached());
    }

    private void tell(Live rollout, List<DeviceId> devices) {
        for (Listener each : listeners) {
            try {
                devices.forEach(device -> each.change.changed(rollout.registry(), device));
            } catch (RuntimeException failure) {
                // One that fails must not keep the log from the others.
                LOG.error("A listener failed on a change of staged layers", failure);
            }
        }
    }

    @Override
    public AutoCloseable onChange(Wishes.Change change) {
        Listener listener = new Listener(change);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public @Nullable Layer of(RegistryId registry, DeviceId device) {
        Live rollout = find(registry, device);
        RolloutMembers.Entry entry = rollout == null ? null : rollout.members().find(device);
        return rollout != null && entry != null && rollout.members().reached(entry.group()) ? rollout.layer() : null;
    }

    private @Nullable Live find(RegistryId registry, DeviceId device) {
        Map<DeviceId, Live> ofRegistry = byDevice.get(registry);
        return ofRegistry == null ? null : ofRegistry.get(device);
    }

    @Override
    public @Nullable ConfigRolloutView find(ConfigRolloutId id) {
        return views.get(id);
    }

    /** Newest first. */
    public List<ConfigRolloutView> all(RegistryId registry) {
        return views.values().stream()
                .filter(rollout -> rollout.plan().registry().equals(registry))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    @Override
    public @Nullable Membership membership(RegistryId registry, DeviceId device) {
        Live rollout = find(registry, device);
        RolloutMembers.Entry entry = rollout == null ? null : rollout.members().find(device);
        return rollout == null || entry == null
                ? null
                : new Membership(
                        rollout.id(),
                        registry,
                        entry.group(),
                        rollout.members().reached(entry.group()),
                        entry.end() != null);
    }

    @Override
    public List<Membership> memberships(DeviceId device) {
        List<Membership> all = new ArrayList<>();
        for (RegistryId registry : byDevice.keySet()) {
            Membership membership = membership(registry, device);
            if (membership != null) {
                all.add(membership);
            }
        }
        return all;
    }

    @Override
    public List<DeviceId> open(ConfigRolloutId id, int group) {
        Live rollout = live.get(id);
        if (rollout == null) {
            return List.of();
        }
        RolloutMembers all = rollout.members();
        return all.of(group).stream().filter(device -> isOpen(all.find(device))).toList();
    }

    private static boolean isOpen(RolloutMembers.@Nullable Entry entry) {
        return entry != null && entry.end() == null;
    }

    @Override
    public List<DeviceId> endedBy(ConfigRolloutId id, long position, List<DeviceId> members) {
        Live rollout = live.get(id);
        if (rollout == null) {
            return List.of();
        }
        RolloutMembers all = rollout.members();
        return members.stream()
                .distinct()
                .filter(device -> isEndedBy(all.find(device), position))
                .toList();
    }

    private static boolean isEndedBy(RolloutMembers.@Nullable Entry entry, long position) {
        RolloutMembers.End end = entry == null ? null : entry.end();
        return end != null && end.position() == position;
    }

    /** The members of a rollout, from memory or, of one that is over, from the log: blocking; off the event loop. */
    public RolloutMembers members(ConfigRolloutId id) {
        Live rollout = live.get(id);
        return rollout == null ? RolloutMembers.in(history.of(id.aggregateId())) : rollout.members();
    }
}
