package dev.muster.overview.view;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The documents a projection wrote last, so that the next event of the same thing need not read them back: what
 * happens to a device happens several times in a row. Only where nobody else writes them (see
 * {@link ViewStore#ownedByThisProcess}); a bounded number; one thread.
 */
final class HeldDocuments {

    private final ViewStore store;
    private final int generation;
    private final Map<ViewKey, Batch.Held> held;

    HeldDocuments(ViewStore store, int generation, int heldMax) {
        this.store = store;
        this.generation = generation;
        this.held = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ViewKey, Batch.Held> eldest) {
                return size() > heldMax;
            }
        };
    }

    /** The documents with these keys as they are stored; those that do not exist are left out. */
    Map<ViewKey, Batch.Held> load(Collection<ViewKey> keys) {
        Map<ViewKey, Batch.Held> found = new HashMap<>();
        Set<ViewKey> missing = new LinkedHashSet<>();
        for (ViewKey key : keys) {
            Batch.Held known = held.get(key);
            if (known == null) {
                missing.add(key);
            } else {
                found.put(key, known);
            }
        }
        if (!missing.isEmpty()) {
            found.putAll(store.load(missing, generation));
        }
        return found;
    }

    /** Writes them, and remembers them once they are written. */
    void write(List<Map.Entry<ViewKey, Batch.Held>> changes) {
        try {
            store.write(changes, generation);
        } catch (RuntimeException e) {
            forget();
            throw e;
        }
        if (store.ownedByThisProcess()) {
            changes.forEach(change -> held.put(change.getKey(), change.getValue()));
        }
    }

    void forget() {
        held.clear();
    }
}
