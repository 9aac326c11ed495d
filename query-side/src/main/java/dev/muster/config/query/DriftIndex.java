package dev.muster.config.query;

import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Layers;
import dev.muster.config.RegistryId;
import dev.muster.config.Tree;
import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Devices that do not have what they should, folded behind wishes. Only a device that tells what it has can differ from
 * its wishes: one that never wrote its own databag is not counted. Secrets are not compared, for that they would have
 * to be opened; one that is wished and not there at all counts.
 *
 * <p>A change of one device is looked at by itself. A change for the fleet or a group looks at each device that has
 * told of itself, and is done with those whose wish and databag are the same objects as before.
 */
public final class DriftIndex implements Fold {

    /** Paths that are told of one device. */
    static final int PATHS_MAX = 100;

    private final Databags databags;
    private final Wishes wishes;
    private final Map<RegistryId, Compared> registries = new ConcurrentHashMap<>();
    private final Queue<Hint> hints = new ConcurrentLinkedQueue<>();
    /** Devices that left: what they have is still known, and nobody's concern. The fold's own. */
    private final Set<DeviceId> gone = new HashSet<>();

    /**
     * A device that differs.
     *
     * @param paths storage paths, in order, of what is wished and not so; of one that lacks more than a hundred, a
     *     hundred
     * @param since when it began to differ, in anything
     */
    public record Drift(DeviceId device, List<String> paths, Instant since) {}

    private record Hint(RegistryId registry, @Nullable DeviceId device) {}

    private record Seen(Wish wish, Databag actual) {}

    /** One thread writes. */
    private static final class Compared {
        private final Map<DeviceId, Seen> seen = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<DeviceId, Drift> drifts = new ConcurrentSkipListMap<>();
        private volatile int size;

        private void put(DeviceId device, @Nullable Drift drift) {
            Drift before = drift == null ? drifts.remove(device) : drifts.put(device, drift);
            if ((before == null) != (drift == null)) {
                size = drift == null ? size - 1 : size + 1;
            }
        }
    }

    public DriftIndex(Databags databags, Wishes wishes) {
        this.databags = databags;
        this.wishes = wishes;
        var unusedForAsLongAsTheProcess = wishes.onChange((registry, device) -> hints.add(new Hint(registry, device)));
    }

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case DatabagEvent event -> {
                DatabagId id = event.databagId();
                if (id.layer().kind() == Layer.Kind.ACTUAL) {
                    compare(
                            compared(id.registry()),
                            id.registry(),
                            new DeviceId(id.layer().name()),
                            recorded.at());
                }
            }
            case DeviceRegistered event -> {
                if (gone.remove(event.deviceId())) {
                    registries.forEach((id, all) -> compare(all, id, event.deviceId(), recorded.at()));
                }
            }
            case DeviceDecommissioned event -> {
                gone.add(event.deviceId());
                registries.values().forEach(all -> forget(all, event.deviceId()));
            }
            default -> {
                // Wishes tell what else concerns them.
            }
        }
        for (Hint hint = hints.poll(); hint != null; hint = hints.poll()) {
            look(hint, recorded.at());
        }
    }

    private Compared compared(RegistryId registry) {
        return registries.computeIfAbsent(registry, any -> new Compared());
    }

    private void look(Hint hint, Instant at) {
        Compared all = registries.get(hint.registry());
        if (all == null) {
            return;
        }
        DeviceId one = hint.device();
        Collection<DeviceId> devices = one == null ? all.seen.keySet() : List.of(one);
        for (DeviceId device : devices) {
            compare(all, hint.registry(), device, at);
        }
    }

    @SuppressWarnings("ReferenceEquality") // both are replaced as a whole
    private void compare(Compared all, RegistryId registry, DeviceId device, Instant at) {
        Databag actual = databags.find(new DatabagId(registry, Layer.actual(device)));
        if (actual.version() == 0 || gone.contains(device)) {
            return;
        }
        Wish wish = wishes.of(registry, device);
        Seen before = all.seen.get(device);
        if (before != null && before.wish() == wish && before.actual() == actual) {
            return;
        }
        all.seen.put(device, new Seen(wish, actual));
        List<String> paths = paths(wish, actual);
        Drift known = all.drifts.get(device);
        all.put(device, paths.isEmpty() ? null : new Drift(device, paths, known == null ? at : known.since()));
    }

    private static void forget(Compared all, DeviceId device) {
        all.seen.remove(device);
        all.put(device, null);
    }

    private static List<String> paths(Wish wish, Databag actual) {
        List<String> paths = new ArrayList<>(Layers.drift(wish.clear(), actual.clear()));
        paths.removeIf(path -> isSealed(path, actual) || isOnlyAround(path, wish));
        for (String secret : wish.secrets().keySet()) {
            boolean there = Tree.at(actual.clear(), secret) != null || Tree.anyOverlaps(actual.sealed(), secret);
            if (!there) {
                paths.add(secret);
            }
        }
        Collections.sort(paths);
        return List.copyOf(paths.size() > PATHS_MAX ? paths.subList(0, PATHS_MAX) : paths);
    }

    /** An object in which nothing but secrets is wished is no wish by itself: those are looked at one by one. */
    private static boolean isOnlyAround(String path, Wish wish) {
        return Json.Members.NONE.equals(Tree.at(wish.clear(), path)) && Tree.anyOverlaps(wish.secrets(), path);
    }

    /** What is wished in clear and had as a secret: the schema changed in between. */
    private static boolean isSealed(String path, Databag actual) {
        return Tree.around(actual.sealed(), path) != null;
    }

    /** Devices that differ, by id. */
    public NavigableMap<DeviceId, Drift> of(RegistryId registry) {
        Compared all = registries.get(registry);
        return all == null ? Collections.emptyNavigableMap() : Collections.unmodifiableNavigableMap(all.drifts);
    }

    /** Null when it does not differ, or does not tell. */
    public @Nullable Drift of(RegistryId registry, DeviceId device) {
        Compared all = registries.get(registry);
        return all == null ? null : all.drifts.get(device);
    }

    /** How many devices differ. */
    public int count(RegistryId registry) {
        Compared all = registries.get(registry);
        return all == null ? 0 : all.size;
    }
}
