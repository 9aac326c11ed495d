package dev.muster.config.query;

import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.config.StagedLayers;
import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wishes are laid together when they are asked for, and kept by the layers they are made of: devices that differ in
 * none share one. A kept wish holds the very databags it was made from, so whether it still holds is seen by looking
 * whether they are the same objects; nothing has to be thrown away when something changes. As a fold it only tells of
 * changes, behind the folds of databags, groups and rollouts.
 */
public final class WishIndex implements Fold, Wishes {

    private static final Logger LOG = LoggerFactory.getLogger(WishIndex.class);

    /** Wishes that were made of layers nobody has any more stay until then. */
    private static final int KEPT_MAX = 500_000;

    private final Databags databags;
    private final DeviceGroups groups;
    private final StagedLayers staged;
    private final Map<List<DatabagId>, Wish> kept = new ConcurrentHashMap<>();
    private final Set<RegistryId> registries = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Its own thing, so that who listens twice can end once. */
    private static final class Listener {
        private final Change change;

        private Listener(Change change) {
            this.change = change;
        }
    }

    public WishIndex(Databags databags, DeviceGroups groups, StagedLayers staged) {
        this.databags = databags;
        this.groups = groups;
        this.staged = staged;
        var unusedForAsLongAsTheProcess = staged.onChange(this::tell);
    }

    @Override
    public String name() {
        return "wishes";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case DatabagEvent event -> {
                DatabagId id = event.databagId();
                if (id.layer().isWish()) {
                    registries.add(id.registry());
                    tell(
                            id.registry(),
                            id.layer().isOfDevice() ? new DeviceId(id.layer().name()) : null);
                }
            }
            case DeviceEvent event -> {
                if (event instanceof DeviceRegistered
                        || event instanceof DeviceGrouped
                        || event instanceof DeviceDecommissioned) {
                    registries.forEach(registry -> tell(registry, event.deviceId()));
                }
            }
            default -> {
                // Other capabilities wish for nothing.
            }
        }
    }

    private void tell(RegistryId registry, @Nullable DeviceId device) {
        for (Listener each : listeners) {
            try {
                each.change.changed(registry, device);
            } catch (RuntimeException failure) {
                // One that fails must not keep the log from the others.
                LOG.error("A listener failed on a change of wishes", failure);
            }
        }
    }

    @Override
    public AutoCloseable onChange(Change change) {
        Listener listener = new Listener(change);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Wish of(RegistryId registry, DeviceId device) {
        // The rollout is asked for first, and layers are read from the strongest down: a rollout that ends writes its
        // target before it lets go, so whoever sees that it let go sees what it wrote.
        Layer rollout = staged.of(registry, device);
        List<Wish.Part> parts = new ArrayList<>(4);
        add(parts, registry, Layer.device(device));
        if (rollout != null) {
            add(parts, registry, rollout);
        }
        for (Layer group : groups.of(device).reversed()) {
            add(parts, registry, group);
        }
        add(parts, registry, Layer.fleet());
        Collections.reverse(parts);
        if (parts.isEmpty()) {
            return Wish.NONE;
        }
        List<DatabagId> key = parts.stream().map(Wish.Part::id).toList();
        Wish known = kept.get(key);
        if (known != null && isOf(known, parts)) {
            return known;
        }
        Wish made = Wish.over(parts);
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        kept.put(key, made);
        return made;
    }

    private void add(List<Wish.Part> parts, RegistryId registry, Layer layer) {
        DatabagId id = new DatabagId(registry, layer);
        Databag databag = databags.find(id);
        if (databag.version() > 0) {
            parts.add(new Wish.Part(id, databag));
        }
    }

    @SuppressWarnings("ReferenceEquality") // a databag is replaced as a whole; comparing what is in it would cost
    private static boolean isOf(Wish wish, List<Wish.Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (wish.parts().get(i).databag() != parts.get(i).databag()) {
                return false;
            }
        }
        return true;
    }
}
