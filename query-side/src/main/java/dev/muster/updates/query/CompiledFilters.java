package dev.muster.updates.query;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers filters that were compiled lately: those of rollouts that devices join and of standing assignments are asked
 * for whenever a device changes. A filter that speaks of the present means something else each time and is not kept.
 */
final class CompiledFilters {

    private static final int KEPT_MAX = 256;
    private static final String PRESENT = "${";

    private final Function<@Nullable String, Filter> compiler;
    private final Map<String, Filter> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Filter> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /** @param compiler refuses what it cannot read; that is not remembered */
    CompiledFilters(Function<@Nullable String, Filter> compiler) {
        this.compiler = compiler;
    }

    Filter of(@Nullable String rsql) {
        if (rsql == null || rsql.contains(PRESENT)) {
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
        }
        return compiled;
    }
}
