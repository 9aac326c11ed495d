package dev.muster.config.command;

import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.RegistrySchema;
import dev.muster.config.Seals;
import dev.muster.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a storage, as deltas that a fold can apply without knowing schema or rules.
 *
 * <p>Objects are compared member by member; everything else changes as a whole. A value that has a secret somewhere
 * inside is told in pieces, so that exactly the secret ones are sealed. What was sealed in one piece is told anew in
 * whole when anything inside it changes.
 */
final class Changes {

    private final DatabagId id;
    private final RegistrySchema schema;
    private final Seals seals;

    Changes(DatabagId id, RegistrySchema schema, Seals seals) {
        this.id = id;
        this.schema = schema;
        this.seals = seals;
    }

    List<Delta> between(Databag stored, Json.Members before, Json.Members after) {
        List<String> changed = new ArrayList<>();
        compare(before, after, "", changed);
        TreeSet<String> told = new TreeSet<>();
        for (String path : changed) {
            String secret = Tree.around(stored.sealed(), path);
            told.add(secret == null ? path : secret);
        }
        List<Delta> deltas = new ArrayList<>();
        for (String path : told) {
            Json value = Tree.at(after, path);
            if (value == null) {
                deltas.add(Delta.removed(path));
            } else {
                tell(path, value, Tree.at(before, path), deltas);
            }
        }
        return deltas;
    }

    private static void compare(Json before, Json after, String path, List<String> changed) {
        if (before.equals(after)) {
            return;
        }
        // An object that became empty is told as such: removing its members would leave it out of the sealed ones'
        // sight.
        boolean memberwise = path.isEmpty() || (after instanceof Json.Members now && !now.isEmpty());
        if (!memberwise || !(before instanceof Json.Members old) || !(after instanceof Json.Members now)) {
            changed.add(path);
            return;
        }
        TreeSet<String> names = new TreeSet<>(old.values().keySet());
        names.addAll(now.values().keySet());
        for (String name : names) {
            String below = path.isEmpty() ? name : path + "." + name;
            Json left = old.get(name);
            Json right = now.get(name);
            if (left == null || right == null) {
                changed.add(below);
            } else {
                compare(left, right, below, changed);
            }
        }
    }

    private void tell(String path, Json value, @Nullable Json before, List<Delta> deltas) {
        List<Delta> pieces = pieces(path, value);
        boolean inPieces = pieces.size() > 1 || !pieces.getFirst().path().equals(path);
        if (inPieces && before != null) {
            deltas.add(Delta.removed(path));
        }
        deltas.addAll(pieces);
    }

    private List<Delta> pieces(String path, Json value) {
        if (schema.isSecret(path)) {
            String text = seals.seal(id.layer().keyOwner(), Databag.placeOf(id, path), value.toString());
            return List.of(Delta.sealed(path, text));
        }
        if (!(value instanceof Json.Members members) || members.isEmpty()) {
            return List.of(Delta.set(path, value));
        }
        List<Delta> pieces = new ArrayList<>();
        for (Map.Entry<String, Json> member : members.values().entrySet()) {
            pieces.addAll(pieces(path + "." + member.getKey(), member.getValue()));
        }
        boolean clear = pieces.stream().allMatch(piece -> piece.kind() == Delta.Kind.SET);
        return clear ? List.of(Delta.set(path, value)) : pieces;
    }
}
