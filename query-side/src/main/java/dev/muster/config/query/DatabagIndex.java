package dev.muster.config.query;

import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.kernel.Fold;
import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All databags as they are now, folded from the log, secrets sealed. A databag is replaced as a whole, so readers see
 * all of a write or nothing. Earlier versions are read from the log: they are asked for by people, one at a time.
 */
public final class DatabagIndex implements Fold, Databags {

    private final History history;
    private final Map<DatabagId, Databag> databags = new ConcurrentHashMap<>();
    private final Map<RegistryId, Set<DatabagId>> byRegistry = new ConcurrentHashMap<>();
    private final Map<String, Set<DatabagId>> byDevice = new ConcurrentHashMap<>();

    public DatabagIndex(History history) {
        this.history = history;
    }

    @Override
    public String name() {
        return "databags";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof DatabagEvent event) {
            DatabagId id = event.databagId();
            databags.put(id, find(id).after(event));
            add(byRegistry, id.registry(), id);
            if (id.layer().kind() == Layer.Kind.DEVICE || id.layer().kind() == Layer.Kind.ACTUAL) {
                add(byDevice, id.layer().name(), id);
            }
        }
    }

    private static <K> void add(Map<K, Set<DatabagId>> index, K key, DatabagId id) {
        index.computeIfAbsent(key, ignored -> ConcurrentHashMap.newKeySet()).add(id);
    }

    @Override
    public Databag find(DatabagId id) {
        return databags.getOrDefault(id, Databag.EMPTY);
    }

    @Override
    public Collection<DatabagId> of(RegistryId registry) {
        return Collections.unmodifiableSet(byRegistry.getOrDefault(registry, Set.of()));
    }

    @Override
    public Collection<DatabagId> of(DeviceId device) {
        return Collections.unmodifiableSet(byDevice.getOrDefault(device.value(), Set.of()));
    }

    @Override
    public Optional<Databag> at(DatabagId id, long version) {
        Databag databag = Databag.EMPTY;
        for (Recorded recorded : history.of("databag/" + id)) {
            if (recorded.event() instanceof DatabagEvent event) {
                databag = databag.after(event);
                if (databag.version() == version) {
                    return Optional.of(databag);
                }
            }
        }
        return Optional.empty();
    }
}
