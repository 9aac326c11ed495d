package dev.muster.overview.view;

import dev.muster.kernel.Recorded;
import dev.muster.testing.MemoryLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Folds events without any store: given events, when asked, then the document. */
public final class Folding {

    private Folding() {}

    public static <V> V view(ViewProjection projection, MemoryLog log, ViewCollection<V> collection, String id) {
        return collection.type().cast(views(projection, log.all()).get(collection.key(id)));
    }

    public static Map<ViewKey, Object> views(ViewProjection projection, List<Recorded> events) {
        Batch batch = new Batch(projection, Map.of());
        for (Recorded recorded : events) {
            if (projection.sequence(recorded) != null) {
                batch.fold(recorded);
            }
        }
        Map<ViewKey, Object> views = new HashMap<>();
        batch.changes()
                .forEach(change -> views.put(change.getKey(), change.getValue().view()));
        return views;
    }
}
