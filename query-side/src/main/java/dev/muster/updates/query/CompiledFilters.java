package dev.muster.updates.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers filters that were compiled lately: those of rollouts that devices join and of standing assignments are
 * asked for whenever a device changes. A filter that speaks of the present means something else each time and is not
 * kept.
 */
final class CompiledFilters {

    private static final int KEPT_MAX = 256;
    private static final String PRESENT = "${";

    private final Function<String, Filter> compiler;
    private final Map<String, Filter> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** @param compiler refuses what it cannot read; that is not remembered */
    CompiledFilters(Function<String, Filter> compiler) {
        this.compiler = compiler;
    }

    Filter of(@Nullable String rsql) {
        if (rsql == null) {
            return Filter.ALL;
        }
        if (rsql.contains(PRESENT)) {
            return compiler.apply(rsql);
        }
        synchronized (kept) {
            Filter known = kept.get(rsql);
            if (known != null) {
                return known;
            }
        }
        Filter compiled = compiler.apply(rsql);
        synchronized (kept) {
            kept.put(rsql, compiled);
            if (kept.size() > KEPT_MAX) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return compiled;
    }
}
