package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import java.util.List;
import java.util.regex.Pattern;

/** What keys a snap's settings may have, and what setting one does. */
final class SnapSettingsRules {

    /** Unlike in registries, digits may come first, as long as a letter follows somewhere. */
    private static final Pattern NAME = Pattern.compile("(?=[a-z0-9-]*[a-z])[a-z0-9](?:-?[a-z0-9])*+");

    private static final int NAME_LENGTH_MAX = 256;

    /** Levels of objects and lists, those of the key included. */
    private static final int DEPTH_MAX = 64;

    private SnapSettingsRules() {}

    /**
     * The settings with a value set or, for null, unset. Nulls inside a value are wishes for absence.
     *
     * @param key parts joined by dots
     */
    static Json.Members with(Json.Members settings, String key, Json value) {
        List<String> parts = List.of(key.split("\\.", -1));
        parts.forEach(SnapSettingsRules::onlyNames);
        if (parts.size() > DEPTH_MAX) {
            throw ConfigRefusal.BAD_REQUEST.because("A key has at most " + DEPTH_MAX + " parts.");
        }
        onlyNames(value, parts.size());
        return with(settings, parts, key, value.withoutNulls());
    }

    private static Json.Members with(Json.Members node, List<String> parts, String key, Json value) {
        String name = parts.getFirst();
        if (parts.size() == 1) {
            return value instanceof Json.Null ? node.without(name) : node.with(name, value);
        }
        Json below = node.get(name);
        if (below != null && !(below instanceof Json.Members)) {
            throw ConfigRefusal.BAD_REQUEST.because(
                    "Cannot set '" + key + "': at '" + name + "' there is " + below.sort() + ".");
        }
        if (below == null && value instanceof Json.Null) {
            return node;
        }
        Json.Members deeper = below instanceof Json.Members members ? members : Json.Members.NONE;
        return node.with(name, with(deeper, parts.subList(1, parts.size()), key, value));
    }

    private static void onlyNames(String name) {
        if (name.length() > NAME_LENGTH_MAX || !NAME.matcher(name).matches()) {
            String shown = name.length() > 100 ? name.substring(0, 100) : name;
            throw ConfigRefusal.BAD_REQUEST.because("'" + shown + "' is no name of an option.");
        }
    }

    private static void onlyNames(Json value, int depth) {
        if (depth > DEPTH_MAX) {
            throw ConfigRefusal.BAD_REQUEST.because("A value has at most " + DEPTH_MAX + " levels.");
        }
        switch (value) {
            case Json.Members members -> {
                members.values().forEach((name, child) -> {
                    onlyNames(name);
                    onlyNames(child, depth + 1);
                });
            }
            case Json.Items items -> items.values().forEach(each -> onlyNames(each, depth + 1));
            default -> {}
        }
    }
}
