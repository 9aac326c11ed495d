package dev.muster.config.query;

import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.RegistryId;
import dev.muster.kernel.Fold;
import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * All databags as they are now, folded from the log, secrets sealed. A databag is replaced as a whole, so readers see
 * all of a write or nothing. Earlier versions are read from the log: they are asked for by people, one at a time.
 */
public final class DatabagIndex implements Fold, Databags {

    /** Events that are in memory at once: ten thousand versions of a large databag would not fit. */
    static final int PAGE = 100;

    private final History history;
    private final ConcurrentHashMap<DatabagId, Databag> databags = new ConcurrentHashMap<>();
    private final Map<RegistryId, NavigableSet<DatabagId>> byRegistry = new ConcurrentHashMap<>();
    private final Map<String, NavigableSet<DatabagId>> byDevice = new ConcurrentHashMap<>();

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
            if (id.layer().isOfDevice()) {
                add(byDevice, id.layer().name(), id);
            }
        }
    }

    private static <K> void add(Map<K, NavigableSet<DatabagId>> index, K key, DatabagId id) {
        index.computeIfAbsent(key, ignored -> new ConcurrentSkipListSet<>()).add(id);
    }

    @Override
    public Databag find(DatabagId id) {
        return databags.getOrDefault(id, Databag.EMPTY);
    }

    @Override
    public Collection<DatabagId> of(RegistryId registry) {
        return sorted(registry);
    }

    /**
     * Every databag of a registry by layer: the fleet's, groups', rollouts', then devices' wishes and what they have.
     */
    public NavigableSet<DatabagId> sorted(RegistryId registry) {
        return all(byRegistry.get(registry));
    }

    private static NavigableSet<DatabagId> all(@Nullable NavigableSet<DatabagId> known) {
        return known == null ? Collections.emptyNavigableSet() : Collections.unmodifiableNavigableSet(known);
    }

    /** How many there are of all registries. For metrics. */
    public int size() {
        return databags.size();
    }

    @Override
    public Collection<DatabagId> of(DeviceId device) {
        return all(byDevice.get(device.value()));
    }

    @Override
    public Optional<Databag> at(DatabagId id, long version) {
        Databag databag = Databag.EMPTY;
        long from = 0;
        while (true) {
            List<Recorded> page = history.of(id.aggregateId(), from, PAGE);
            for (Recorded recorded : page) {
                if (recorded.event() instanceof DatabagEvent event) {
                    databag = databag.after(event);
                    if (databag.version() == version) {
                        return Optional.of(databag);
                    }
                }
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
            from = page.getLast().sequence() + 1;
        }
    }
}
