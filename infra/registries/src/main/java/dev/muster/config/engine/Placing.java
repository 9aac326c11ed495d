package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A databag while values are put into it and taken out of it, by storage path (contract §10, "storing"). A container is
 * copied once, when something inside it changes first: one value may fall into a hundred thousand places. What was
 * refused in the middle is of no use any more. Not thread-safe.
 */
final class Placing {

    /** What stands at one place. */
    private sealed interface Node {}

    /** Nothing inside it has changed. */
    private record Whole(Json value) implements Node {}

    private record Fields(Map<String, Node> members) implements Node {}

    private record Elements(List<Node> items) implements Node {}

    private final Profile profile;
    private Node root;

    Placing(Json.Members databag, Profile profile) {
        this.profile = profile;
        this.root = new Whole(databag);
    }

    Json.Members done() {
        return closed(root) instanceof Json.Members members ? members : Json.Members.NONE;
    }

    private static Json closed(Node node) {
        return switch (node) {
            case Whole whole -> whole.value();
            case Fields fields -> {
                TreeMap<String, Json> members = new TreeMap<>();
                fields.members().forEach((name, child) -> members.put(name, closed(child)));
                yield new Json.Members(members);
            }
            case Elements elements ->
                new Json.Items(elements.items().stream().map(Placing::closed).toList());
        };
    }

    private static Node opened(Node node) {
        if (node instanceof Whole whole && whole.value() instanceof Json.Members members) {
            Map<String, Node> fields = new TreeMap<>();
            members.values().forEach((name, child) -> fields.put(name, new Whole(child)));
            return new Fields(fields);
        }
        if (node instanceof Whole whole && whole.value() instanceof Json.Items items) {
            List<Node> elements = new ArrayList<>();
            items.values().forEach(child -> elements.add(new Whole(child)));
            return new Elements(elements);
        }
        return node;
    }

    void put(List<Part> path, Json value) {
        root = put(root, path, new Whole(value.withoutNulls()));
    }

    private static Node put(@Nullable Node before, List<Part> path, Node value) {
        if (path.isEmpty()) {
            return value;
        }
        Part part = path.getFirst();
        List<Part> rest = path.subList(1, path.size());
        Node node = before == null ? null : opened(before);
        if (part.kind() == Part.Kind.INDEX) {
            List<Node> items = node instanceof Elements known ? known.items() : new ArrayList<>();
            int size = items.size();
            if (part.index() > size) {
                throw ConfigRefusal.STORAGE_MISMATCH.because(
                        "The index " + part.index() + " is beyond the end of a list of " + size + ".");
            }
            if (part.index() == size) {
                items.add(put(null, rest, value));
            } else {
                items.set(part.index(), put(items.get(part.index()), rest, value));
            }
            return new Elements(items);
        }
        Map<String, Node> members = node instanceof Fields known ? known.members() : new TreeMap<>();
        members.put(part.name(), put(members.get(part.name()), rest, value));
        return new Fields(members);
    }

    /** Removing what is not there succeeds. Placeholders remove all they stand for. */
    void remove(List<Part> path) {
        Node left = removed(root, path, false);
        root = left == null ? new Whole(Json.Members.NONE) : left;
    }

    /** What is left of the node, null when it goes altogether. */
    private @Nullable Node removed(Node before, List<Part> path, boolean lenient) {
        Part part = path.getFirst();
        List<Part> rest = path.subList(1, path.size());
        Node node = opened(before);
        boolean whole = rest.isEmpty() && part.isPlaceholder();
        if (part.isBracketed() && node instanceof Elements elements) {
            return whole ? null : fromItems(elements.items(), part, rest, lenient);
        }
        if (!part.isBracketed() && node instanceof Fields fields) {
            return whole ? null : fromMembers(fields.members(), part, rest, lenient);
        }
        if (lenient) {
            return node;
        }
        throw ConfigRefusal.STORAGE_MISMATCH.because("What is stored before '" + Part.text(path) + "' is "
                + closed(node).sort() + ".");
    }

    private @Nullable Node fromMembers(Map<String, Node> members, Part part, List<Part> rest, boolean lenient) {
        boolean wasEmpty = members.isEmpty();
        if (part.isPlaceholder()) {
            for (Iterator<Map.Entry<String, Node>> each = members.entrySet().iterator(); each.hasNext(); ) {
                Map.Entry<String, Node> member = each.next();
                Node kept = removed(member.getValue(), rest, true);
                if (kept == null) {
                    each.remove();
                } else {
                    member.setValue(kept);
                }
            }
        } else {
            Node member = members.get(part.name());
            Node kept = member == null || rest.isEmpty() ? null : removed(member, rest, lenient);
            if (kept == null) {
                members.remove(part.name());
            } else {
                members.put(part.name(), kept);
            }
        }
        return goes(wasEmpty, members.isEmpty()) ? null : new Fields(members);
    }

    private @Nullable Node fromItems(List<Node> items, Part part, List<Part> rest, boolean lenient) {
        boolean all = part.isPlaceholder();
        List<Node> left = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Node item = items.get(i);
            boolean meant = all || i == part.index();
            Node kept = !meant ? item : rest.isEmpty() ? null : removed(item, rest, lenient || all);
            if (kept != null) {
                left.add(kept);
            }
        }
        return goes(items.isEmpty(), left.isEmpty()) ? null : new Elements(left);
    }

    /** The older engine leaves empty containers behind. */
    private boolean goes(boolean wasEmpty, boolean isEmpty) {
        return !wasEmpty && isEmpty && profile == Profile.CONFDB;
    }
}
