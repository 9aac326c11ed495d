package dev.muster.overview.view;

import dev.muster.kernel.Recorded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one batch, held in memory between one read and one write. What an event changes counts only when
 * the whole event was folded. One thread only.
 */
final class Batch {

    private final ViewProjection projection;
    private final Map<ViewKey, Held> held;
    private final Set<ViewKey> changed = new LinkedHashSet<>();

    /** A document with the position it has seen; {@code view} is null when there is none. */
    record Held(@Nullable Object view, long position) {

        static final Held NOTHING = new Held(null, -1);
    }

    Batch(ViewProjection projection, Map<ViewKey, Held> loaded) {
        this.projection = projection;
        this.held = new HashMap<>(loaded);
    }

    /** What must be loaded before these events can be folded. */
    static Set<ViewKey> needs(ViewProjection projection, Collection<Recorded> events) {
        Set<ViewKey> needs = new LinkedHashSet<>();
        for (Recorded recorded : events) {
            if (projection.sequence(recorded) != null) {
                needs.addAll(projection.needs(recorded));
            }
        }
        return needs;
    }

    /** Folds one event; throws what the projection throws, and then nothing has changed. */
    void fold(Recorded recorded) {
        Staged staged = new Staged(recorded.position());
        projection.fold(recorded, staged);
        staged.changes.forEach((key, after) -> {
            held.put(key, after);
            changed.add(key);
        });
    }

    boolean isEmpty() {
        return changed.isEmpty();
    }

    /** Every changed document as it shall be stored. */
    List<Map.Entry<ViewKey, Held>> changes() {
        List<Map.Entry<ViewKey, Held>> changes = new ArrayList<>();
        for (ViewKey key : changed) {
            changes.add(Map.entry(key, held.getOrDefault(key, Held.NOTHING)));
        }
        return changes;
    }

    private final class Staged implements Views {

        private final long position;
        private final Map<ViewKey, Held> changes = new HashMap<>();

        Staged(long position) {
            this.position = position;
        }

        @Override
        public <V> void change(ViewCollection<V> collection, String id, UnaryOperator<@Nullable V> change) {
            ViewKey key = collection.key(id);
            Held before = changes.get(key);
            if (before == null) {
                before = held.getOrDefault(key, Held.NOTHING);
                if (before.position() >= position) {
                    return;
                }
            }
            Object view = before.view();
            V after = change.apply(view == null ? null : collection.type().cast(view));
            if (after != null) {
                changes.put(key, new Held(after, position));
            }
        }
    }
}
