package dev.muster.apps.simulator;

import java.util.List;
import java.util.Map;

/** An answer to a call. */
record Yielded(List<?> args, Map<String, ?> kwargs) {

    static final Yielded NOTHING = new Yielded(List.of(), Map.of());

    static Yielded of(Object... args) {
        return new Yielded(List.of(args), Map.of());
    }
}
