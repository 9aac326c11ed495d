package dev.muster.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values while many places of them change, as {@link Tree} changes one. An object is copied once, when the first place
 * inside it changes: a write of a hundred thousand members must not copy all of them for each. Not thread-safe.
 */
public final class TreeDraft {

    private final Node root;

    public TreeDraft(Json.Members before) {
        this.root = new Node(before);
    }

    /** An object of which something changes; what is open is among the values too, as it was before. */
    private static final class Node {
        private final TreeMap<String, Json> values;
        private final Map<String, Node> open = new HashMap<>();

        private Node(Json.Members before) {
            this.values = new TreeMap<>(before.values());
        }

        private void put(String key, Json value) {
            open.remove(key);
            values.put(key, value);
        }

        private void remove(String key) {
            open.remove(key);
            values.remove(key);
        }

        /** Null when there is no object. */
        private @Nullable Node below(String key) {
            Node known = open.get(key);
            return known == null && values.get(key) instanceof Json.Members members ? opened(key, members) : known;
        }

        private Node opened(String key, Json.Members members) {
            Node node = new Node(members);
            open.put(key, node);
            return node;
        }

        private Node madeBelow(String key) {
            Node known = below(key);
            if (known != null) {
                return known;
            }
            values.put(key, Json.Members.NONE);
            return opened(key, Json.Members.NONE);
        }

        private Json.Members done() {
            open.forEach((key, node) -> values.put(key, node.done()));
            return new Json.Members(values);
        }
    }

    /** Objects on the way are made; anything else in the way gives way. */
    public void put(String path, Json value) {
        List<String> parts = Tree.parts(path);
        Node node = root;
        for (String key : parts.subList(0, parts.size() - 1)) {
            node = node.madeBelow(key);
        }
        node.put(parts.getLast(), value);
    }

    /** What became empty stays as an empty object. */
    public void remove(String path) {
        List<String> parts = Tree.parts(path);
        Node node = root;
        for (String key : parts.subList(0, parts.size() - 1)) {
            Node below = node.below(key);
            if (below == null) {
                return;
            }
            node = below;
        }
        node.remove(parts.getLast());
    }

    public Json.Members done() {
        return root.done();
    }
}
