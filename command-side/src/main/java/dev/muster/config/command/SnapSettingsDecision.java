package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.Seals;
import dev.muster.config.SnapSettings;
import dev.muster.config.SnapSettingsCommand.ChangeSnapSettings;
import dev.muster.config.SnapSettingsEvent;
import dev.muster.config.SnapSettingsEvent.SnapSettingsChanged;
import dev.muster.config.SnapSettingsId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What follows from changing a snap's settings. */
final class SnapSettingsDecision {

    static final int PAIRS_MAX = 1_000;

    /** Characters of all of a snap's settings as JSON. */
    static final int LENGTH_MAX = 1 << 20;

    private SnapSettingsDecision() {}

    static List<SnapSettingsEvent> change(ChangeSnapSettings c, SnapSettings state, Seals seals) {
        SnapSettingsId id = c.settingsId();
        notTooMany(c.values());
        Json.Members before = state.opened(id, seals);
        Json.Members after = before;
        for (Map.Entry<String, String> pair : c.values().entrySet()) {
            after = SnapSettingsRules.with(after, pair.getKey(), parsed(pair.getKey(), pair.getValue()));
        }
        if (after.toString().length() > LENGTH_MAX) {
            throw tooLarge();
        }
        List<Delta> changes = ChangeSize.checked(changes(id, state, before, after, seals), List.of());
        return changes.isEmpty()
                ? List.of()
                : List.of(new SnapSettingsChanged(id.device(), id.snap(), state.version() + 1, changes));
    }

    private static List<Delta> changes(
            SnapSettingsId id, SnapSettings state, Json.Members before, Json.Members after, Seals seals) {
        // What cannot be opened any more, its key being destroyed, is let go of with the next change.
        TreeSet<String> names = new TreeSet<>(state.sealed().keySet());
        names.addAll(after.values().keySet());
        List<Delta> changes = new ArrayList<>();
        for (String name : names) {
            Json now = after.get(name);
            if (now == null) {
                changes.add(Delta.removed(name));
            } else if (!now.equals(before.get(name))) {
                changes.add(
                        Delta.sealed(name, seals.seal(id.keyOwner(), SnapSettings.placeOf(id, name), now.toString())));
            }
        }
        return changes;
    }

    private static Json parsed(String key, String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonFault fault) {
            throw ConfigRefusal.BAD_REQUEST.because("The value for '" + key + "' is no JSON: " + fault.getMessage());
        }
    }

    private static void notTooMany(Map<String, String> values) {
        if (values.size() > PAIRS_MAX
                || values.values().stream().mapToLong(String::length).sum() > LENGTH_MAX) {
            throw tooLarge();
        }
    }

    private static RuntimeException tooLarge() {
        return ConfigRefusal.TOO_LARGE.because(
                "A snap's settings have at most " + LENGTH_MAX + " characters, and a change " + PAIRS_MAX + " keys.");
    }
}
