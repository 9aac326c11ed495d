package dev.muster.config;

import dev.muster.config.SnapSettingsEvent.SnapSettingsChanged;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A snap's settings as their history tells them.
 *
 * @param version of the last event, 0 for none
 * @param sealed first part of the key → sealed text of all that is below it
 */
public record SnapSettings(long version, SortedMap<String, String> sealed) {

    public static final SnapSettings EMPTY = new SnapSettings(0, new TreeMap<>());

    public SnapSettings {
        sealed = Collections.unmodifiableSortedMap(new TreeMap<>(sealed));
    }

    public SnapSettings after(SnapSettingsEvent event) {
        return switch (event) {
            case SnapSettingsChanged e -> after(e);
        };
    }

    private SnapSettings after(SnapSettingsChanged event) {
        TreeMap<String, String> values = new TreeMap<>(sealed);
        for (Delta delta : event.deltas()) {
            String value = delta.value();
            if (delta.kind() == Delta.Kind.SEALED && value != null) {
                values.put(delta.path(), value);
            } else {
                values.remove(delta.path());
            }
        }
        return new SnapSettings(event.version(), values);
    }

    /** In clear; what cannot be opened any more is left out. Blocking; off the event loop. */
    public Json.Members opened(SnapSettingsId id, Seals seals) {
        TreeMap<String, Json> all = new TreeMap<>();
        for (Map.Entry<String, String> each : sealed.entrySet()) {
            String text = seals.open(id.keyOwner(), placeOf(id, each.getKey()), each.getValue())
                    .orElse(null);
            if (text != null) {
                all.put(each.getKey(), JsonReader.read(text));
            }
        }
        return new Json.Members(all);
    }

    /** What a sealed text is bound to. */
    public static String placeOf(SnapSettingsId id, String key) {
        return "snap/" + id + "#" + key;
    }
}
