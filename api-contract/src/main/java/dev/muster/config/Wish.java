package dev.muster.config;

import dev.muster.kernel.Ids;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a device should have of one registry, layers laid over one another. A secret is one piece: the strongest layer
 * that says anything at its place has it whole.
 *
 * @param parts databags that say something, the weakest first
 * @param clear all that is not secret
 * @param secrets storage path → where it comes from; the value at that path is not in {@code clear}
 * @param tag changes exactly when the values do; a secret that is sealed anew counts as another value. Letters and
 *     digits
 */
public record Wish(List<Part> parts, Json.Members clear, SortedMap<String, Secret> secrets, String tag) {

    private static final int TAG_LENGTH = 32;

    /** Nothing is wished. */
    public static final Wish NONE = over(List.of());

    public Wish {
        parts = List.copyOf(parts);
        secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
    }

    /** One layer and what it says. */
    public record Part(DatabagId id, Databag databag) {}

    /** A sealed value and the databag that it was sealed for. */
    public record Secret(DatabagId from, String sealed) {

        @Override
        public String toString() {
            return "secret of " + from;
        }
    }

    public static Wish over(List<Part> weakestFirst) {
        Json.Members clear = Json.Members.NONE;
        TreeMap<String, Secret> secrets = new TreeMap<>();
        for (Part part : weakestFirst) {
            Databag databag = part.databag();
            secrets.keySet().removeIf(path -> covers(databag.clear(), path));
            clear = Layers.over(List.of(clear, databag.clear()));
            TreeDraft room = new TreeDraft(clear);
            for (Map.Entry<String, String> secret : databag.sealed().entrySet()) {
                String path = secret.getKey();
                Tree.removeOverlapping(secrets, path);
                String taken = inTheWay(clear, path);
                if (taken != null) {
                    room.remove(taken);
                }
                secrets.put(path, new Secret(part.id(), secret.getValue()));
            }
            clear = room.done();
        }
        return new Wish(weakestFirst, clear, secrets, tag(clear, secrets));
    }

    /** Whether something is said at this place, or something on the way there leaves no room for it. */
    private static boolean covers(Json.Members values, String path) {
        Json at = values;
        for (String key : path.split("\\.", -1)) {
            if (!(at instanceof Json.Members members)) {
                return true;
            }
            Json below = members.get(key);
            if (below == null) {
                return false;
            }
            at = below;
        }
        return true;
    }

    /** This place if anything is there, or the place of what is in the way of it; else null. */
    private static @Nullable String inTheWay(Json.Members values, String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            String above = path.substring(0, dot);
            Json there = Tree.at(values, above);
            if (there != null && !(there instanceof Json.Members)) {
                return above;
            }
        }
        return Tree.at(values, path) == null ? null : path;
    }

    private static String tag(Json.Members clear, SortedMap<String, Secret> secrets) {
        StringBuilder text = new StringBuilder(clear.toString());
        secrets.forEach(
                (path, secret) -> text.append('\n').append(path).append(' ').append(secret.sealed()));
        return Ids.digest(text.toString()).substring(0, TAG_LENGTH);
    }

    /** All values in clear; secrets that cannot be opened any more are left out. Blocking; off the event loop. */
    public Json.Members opened(Seals seals) {
        TreeDraft all = new TreeDraft(clear);
        for (Map.Entry<String, Secret> entry : secrets.entrySet()) {
            DatabagId from = entry.getValue().from();
            String text = seals.open(
                            from.layer().keyOwner(),
                            Databag.placeOf(from, entry.getKey()),
                            entry.getValue().sealed())
                    .orElse(null);
            if (text != null) {
                all.put(entry.getKey(), JsonReader.read(text));
            }
        }
        return all.done();
    }

    /** Which layer each value comes from, by the path of what is no object or an empty one; secrets by theirs. */
    public SortedMap<String, Layer> sources() {
        TreeMap<String, Layer> sources = new TreeMap<>();
        collect(clear, "", sources);
        secrets.forEach((path, secret) -> sources.put(path, secret.from().layer()));
        return sources;
    }

    private void collect(Json value, String path, SortedMap<String, Layer> into) {
        if (value instanceof Json.Members members && (path.isEmpty() || !members.isEmpty())) {
            members.values().forEach((name, child) -> collect(child, path.isEmpty() ? name : path + "." + name, into));
            return;
        }
        for (Part part : parts.reversed()) {
            if (Tree.at(part.databag().clear(), path) != null) {
                into.put(path, part.id().layer());
                return;
            }
        }
    }

    /** Without values. */
    @Override
    public String toString() {
        return "Wish[" + tag + ", " + parts.stream().map(Part::id).toList() + "]";
    }
}
