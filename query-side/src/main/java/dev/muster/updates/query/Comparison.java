package dev.muster.updates.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways to compare, under every name that filters may use. */
enum Comparison {
    EQUAL,
    NOT_EQUAL,
    IN,
    OUT,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    private static final Map<String, Comparison> BY_SYMBOL = Map.ofEntries(
            Map.entry("==", EQUAL),
            Map.entry("!=", NOT_EQUAL),
            Map.entry("=in=", IN),
            Map.entry("=out=", OUT),
            Map.entry("=lt=", LESS),
            Map.entry("<", LESS),
            Map.entry("=le=", LESS_OR_EQUAL),
            Map.entry("<=", LESS_OR_EQUAL),
            Map.entry("=gt=", GREATER),
            Map.entry(">", GREATER),
            Map.entry("=ge=", GREATER_OR_EQUAL),
            Map.entry(">=", GREATER_OR_EQUAL));

    static @Nullable Comparison of(String symbol) {
        return BY_SYMBOL.get(symbol);
    }

    boolean ordered() {
        return ordinal() >= LESS.ordinal();
    }

    /** Whether the opposite is what the terms of this comparison say. */
    boolean negated() {
        return this == NOT_EQUAL || this == OUT;
    }

    /** @param order what a comparator said of (device's value, filter's value) */
    boolean holds(int order) {
        return switch (this) {
            case EQUAL, IN -> order == 0;
            case NOT_EQUAL, OUT -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }
}
