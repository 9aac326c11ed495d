package dev.muster.config;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A databag as its history tells it: clear values beside sealed ones. Both sides fold it the same way.
 *
 * @param version of its last event, 0 for none
 * @param clear all that is not secret
 * @param sealed storage path → sealed text; the value at that path is not in {@code clear}
 */
public record Databag(long version, Json.Members clear, SortedMap<String, String> sealed) {

    public static final Databag EMPTY = new Databag(0, Json.Members.NONE, new TreeMap<>());

    public Databag {
        sealed = Collections.unmodifiableSortedMap(new TreeMap<>(sealed));
    }

    public Databag after(DatabagEvent event) {
        Json.Members values = clear;
        TreeMap<String, String> secrets = new TreeMap<>(sealed);
        for (Delta delta : event.changes()) {
            String path = delta.path();
            // A change inside a secret always rewrites all of it, so what overlaps is superseded.
            secrets.keySet().removeIf(known -> Tree.overlap(known, path));
            String value = delta.value();
            switch (delta.kind()) {
                case REMOVED -> values = Tree.without(values, path);
                case SET -> {
                    if (value != null) {
                        values = Tree.with(values, path, JsonReader.read(value));
                    }
                }
                case SEALED -> {
                    values = Tree.without(values, path);
                    if (value != null) {
                        secrets.put(path, value);
                    }
                }
            }
        }
        return new Databag(event.version(), values, secrets);
    }

    /** All values in clear, secrets opened; those that cannot be opened any more are left out. */
    public Json.Members opened(DatabagId id, Seals seals) {
        Json.Members all = clear;
        for (Map.Entry<String, String> secret : sealed.entrySet()) {
            String path = secret.getKey();
            String text = seals.open(id.layer().keyOwner(), placeOf(id, path), secret.getValue())
                    .orElse(null);
            if (text != null) {
                all = Tree.with(all, path, JsonReader.read(text));
            }
        }
        return all;
    }

    /** Paths of secrets that cannot be opened any more. */
    public SortedSet<String> lost(DatabagId id, Seals seals) {
        SortedSet<String> lost = new TreeSet<>();
        sealed.forEach((path, text) -> {
            if (seals.open(id.layer().keyOwner(), placeOf(id, path), text).isEmpty()) {
                lost.add(path);
            }
        });
        return lost;
    }

    /** What a sealed text is bound to. */
    public static String placeOf(DatabagId id, String path) {
        return id + "#" + path;
    }
}
