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
        TreeDraft values = new TreeDraft(clear);
        TreeMap<String, String> secrets = new TreeMap<>(sealed);
        for (Delta delta : event.changes()) {
            String path = delta.path();
            // A change inside a secret always rewrites all of it, so what overlaps is superseded.
            Tree.removeOverlapping(secrets, path);
            String value = delta.value();
            switch (delta.kind()) {
                case REMOVED -> values.remove(path);
                case SET -> {
                    if (value != null) {
                        values.put(path, JsonReader.read(value));
                    }
                }
                case SEALED -> {
                    values.remove(path);
                    if (value != null) {
                        secrets.put(path, value);
                    }
                }
            }
        }
        return new Databag(event.version(), values.done(), secrets);
    }

    /** All values in clear, secrets opened; those that cannot be opened any more are left out. */
    public Json.Members opened(DatabagId id, Seals seals) {
        TreeDraft all = new TreeDraft(clear);
        for (Map.Entry<String, String> secret : sealed.entrySet()) {
            String path = secret.getKey();
            String text = seals.open(id.layer().keyOwner(), placeOf(id, path), secret.getValue())
                    .orElse(null);
            if (text != null) {
                all.put(path, JsonReader.read(text));
            }
        }
        return all.done();
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
