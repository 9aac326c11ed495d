package dev.muster.config.query;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.RegistryEvent;
import dev.muster.config.RegistryId;
import dev.muster.config.WishOutcomeEvent;
import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of definitions and databags, read from the log a page at a time: a databag's version is its event's
 * number, so the newest can be read without the oldest. Blocking; off the event loop.
 */
public final class DatabagHistory {

    private final History history;
    private final Databags databags;
    private final OutcomeIndex outcomes;

    public DatabagHistory(History history, Databags databags, OutcomeIndex outcomes) {
        this.history = history;
        this.databags = databags;
        this.outcomes = outcomes;
    }

    /**
     * At most {@code limit} events of a databag, newest first.
     *
     * @param before only versions below this one
     */
    public List<Recorded> before(DatabagId id, long before, int limit) {
        long last = Math.min(before - 1, databags.find(id).version());
        long first = Math.max(1, last - limit + 1);
        if (last < first) {
            return List.of();
        }
        return history.of(id.aggregateId(), first - 1, (int) (last - first + 1)).stream()
                .filter(recorded -> recorded.event() instanceof DatabagEvent)
                .toList()
                .reversed();
    }

    /** A databag as it was; refused with {@link ConfigRefusal#VERSION_UNKNOWN} when it never had this version. */
    public Databag at(DatabagId id, long version) {
        Databag now = databags.find(id);
        if (version == now.version()) {
            return now;
        }
        return databags.at(id, version)
                .orElseThrow(() ->
                        ConfigRefusal.VERSION_UNKNOWN.because("'" + id + "' never had the version " + version + "."));
    }

    /** All revisions of a definition, oldest first. */
    public List<Recorded> revisions(RegistryId id) {
        return history.of("registry/" + id).stream()
                .filter(recorded -> recorded.event() instanceof RegistryEvent)
                .toList();
    }

    /** The newest events that are about a device's databags, and what it said of its wishes; in no order. */
    public List<Recorded> of(DeviceId device, int limit) {
        List<Recorded> all = new ArrayList<>();
        for (DatabagId id : databags.of(device)) {
            all.addAll(before(id, Long.MAX_VALUE, limit));
        }
        for (RegistryId registry : outcomes.registries(device)) {
            List<Recorded> told = history.of(WishOutcomeEvent.aggregateId(registry, device));
            all.addAll(told.subList(Math.max(0, told.size() - limit), told.size()));
        }
        return all;
    }
}
