package dev.muster.updates.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes equal texts one object, so that a hundred thousand devices of one kind keep its name once. A fixed table where
 * a later text pushes an earlier one out: it finds the common ones and can never grow. One thread only.
 */
public final class Slots {

    private static final int SIZE = 1 << 13;

    private final @Nullable String[] table = new String[SIZE];

    /** The text, or an earlier object that equals it. */
    public String shared(String text) {
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 13)) & (SIZE - 1);
        String known = table[slot];
        if (known != null && known.equals(text)) {
            return known;
        }
        table[slot] = text;
        return text;
    }

    /** Likewise; null stays null. */
    public @Nullable String sharedOrNull(@Nullable String text) {
        return text == null ? null : shared(text);
    }

    /** Key, value, key, value: a third of a map's size. Sorted by key. */
    String[] pairs(Map<String, String> map) {
        if (map.isEmpty()) {
            return DeviceState.NONE;
        }
        String[] keys = map.keySet().toArray(String[]::new);
        java.util.Arrays.sort(keys);
        String[] pairs = new String[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            pairs[2 * i] = shared(keys[i]);
            pairs[2 * i + 1] = shared(map.getOrDefault(keys[i], ""));
        }
        return pairs;
    }

    String[] all(java.util.Collection<String> texts) {
        return texts.isEmpty()
                ? DeviceState.NONE
                : texts.stream().map(this::shared).toArray(String[]::new);
    }
}
