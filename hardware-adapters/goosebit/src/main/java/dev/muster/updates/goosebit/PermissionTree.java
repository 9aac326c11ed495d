package dev.muster.updates.goosebit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be allowed, as a tree (contract §8.3). */
final class PermissionTree {

    private static final List<Node> ACTIONS =
            List.of(leaf("read", "Read"), leaf("write", "Write"), leaf("delete", "Delete"));

    private static final Node ROOT = new Node(
            "goosebit",
            "gooseBit permissions",
            List.of(
                    new Node("device", "Device permissions", ACTIONS),
                    new Node("software", "Software permissions", ACTIONS),
                    new Node("rollout", "Rollout permissions", ACTIONS),
                    new Node(
                            "settings",
                            "Settings permissions",
                            List.of(new Node("users", "User permissions", ACTIONS)))));

    private PermissionTree() {}

    private record Node(String name, String description, List<Node> below) {}

    private static Node leaf(String name, String description) {
        return new Node(name, description, List.of());
    }

    static ObjectNode json() {
        return json(ROOT, null);
    }

    private static ObjectNode json(Node node, @Nullable String parent) {
        String value = parent == null ? node.name() : parent + "." + node.name();
        ObjectNode shown = Json.object().put("name", node.name()).put("description", node.description());
        if (!node.below().isEmpty()) {
            ArrayNode below = shown.putArray("sub_permissions");
            node.below().forEach(each -> below.add(json(each, value)));
        }
        shown.put("value", value);
        return parent == null ? shown : shown.put("parent", parent);
    }
}
