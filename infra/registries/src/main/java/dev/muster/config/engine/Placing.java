package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts values into storage and takes them out, by storage path (contract §10, "storing"). Copies what it changes. */
final class Placing {

    private Placing() {}

    static Json.Members with(Json.Members databag, List<Part> path, Json value) {
        return put(databag, path, value.withoutNulls()) instanceof Json.Members members ? members : databag;
    }

    private static Json put(@Nullable Json node, List<Part> path, Json value) {
        if (path.isEmpty()) {
            return value;
        }
        Part part = path.getFirst();
        List<Part> rest = path.subList(1, path.size());
        if (part.kind() == Part.Kind.INDEX) {
            Json.Items items = node instanceof Json.Items known ? known : new Json.Items(List.of());
            int size = items.values().size();
            if (part.index() > size) {
                throw ConfigRefusal.STORAGE_MISMATCH.because(
                        "The index " + part.index() + " is beyond the end of a list of " + size + ".");
            }
            Json child = part.index() < size ? items.values().get(part.index()) : null;
            return Json.replaced(items, part.index(), put(child, rest, value));
        }
        Json.Members members = node instanceof Json.Members known ? known : Json.Members.NONE;
        return members.with(part.name(), put(members.get(part.name()), rest, value));
    }

    /** Removing what is not there succeeds. Placeholders remove all they stand for. */
    static Json.Members without(Json.Members databag, List<Part> path, Profile profile) {
        Json left = removed(databag, path, profile, false);
        return left instanceof Json.Members members ? members : Json.Members.NONE;
    }

    /** What is left of the node, null when it goes altogether. */
    private static @Nullable Json removed(Json node, List<Part> path, Profile profile, boolean lenient) {
        Part part = path.getFirst();
        if (part.isBracketed() ? !(node instanceof Json.Items) : !(node instanceof Json.Members)) {
            if (lenient) {
                return node;
            }
            throw ConfigRefusal.STORAGE_MISMATCH.because(
                    "What is stored before '" + Part.text(path) + "' is " + node.sort() + ".");
        }
        if (path.size() == 1 && part.isPlaceholder()) {
            return null;
        }
        List<Part> rest = path.subList(1, path.size());
        return switch (node) {
            case Json.Members members -> fromMembers(members, part, rest, profile, lenient);
            case Json.Items items -> fromItems(items, part, rest, profile, lenient);
            default -> node;
        };
    }

    private static @Nullable Json fromMembers(
            Json.Members members, Part part, List<Part> rest, Profile profile, boolean lenient) {
        TreeMap<String, Json> left = new TreeMap<>(members.values());
        boolean all = part.isPlaceholder();
        for (Map.Entry<String, Json> member : members.values().entrySet()) {
            if (all || member.getKey().equals(part.name())) {
                Json kept = rest.isEmpty() ? null : removed(member.getValue(), rest, profile, lenient || all);
                if (kept == null) {
                    left.remove(member.getKey());
                } else {
                    left.put(member.getKey(), kept);
                }
            }
        }
        boolean emptied = left.isEmpty() && !members.isEmpty();
        return emptied && profile == Profile.CONFDB ? null : new Json.Members(left);
    }

    private static @Nullable Json fromItems(
            Json.Items items, Part part, List<Part> rest, Profile profile, boolean lenient) {
        boolean all = part.isPlaceholder();
        List<Json> left = new ArrayList<>();
        for (int i = 0; i < items.values().size(); i++) {
            Json item = items.values().get(i);
            boolean meant = all || i == part.index();
            Json kept = !meant ? item : rest.isEmpty() ? null : removed(item, rest, profile, lenient || all);
            if (kept != null) {
                left.add(kept);
            }
        }
        boolean emptied = left.isEmpty() && !items.values().isEmpty();
        return emptied && profile == Profile.CONFDB ? null : new Json.Items(left);
    }
}
