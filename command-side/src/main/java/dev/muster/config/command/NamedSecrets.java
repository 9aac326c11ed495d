package dev.muster.config.command;

import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.Json;
import dev.muster.config.RegistrySchema;
import dev.muster.config.Seals;
import dev.muster.config.Tree;
import dev.muster.config.TreeDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Secrets that a write names, whether it changes them or not. Who may write but not read could otherwise rehearse one
 * value after the other, unnoticed, until one is told to change nothing.
 */
final class NamedSecrets {

    private NamedSecrets() {}

    /** Their storage paths, in order. Refused as the write would be. */
    static List<String> of(WriteView order, Databag state, RegistrySchema schema, Seals seals) {
        Json.Members opened = state.opened(order.databagId(), seals);
        TreeDraft masked = new TreeDraft(opened);
        Json mask = Json.of(UUID.randomUUID().toString());
        state.sealed().keySet().forEach(path -> {
            Json secret = Tree.at(opened, path);
            if (secret != null) {
                masked.put(path, masked(secret, mask));
            }
        });
        Json.Members before = masked.done();
        Json.Members after = schema.written(before, order.view(), DatabagDecision.parsed(order.values()));
        List<String> named = new ArrayList<>();
        for (String path : state.sealed().keySet()) {
            if (!Objects.equals(Tree.at(before, path), Tree.at(after, path))) {
                named.add(path);
            }
        }
        return named;
    }

    /** Of the same shape, with something in the place of each value that nobody can have asked for. */
    private static Json masked(Json secret, Json mask) {
        return switch (secret) {
            case Json.Members members -> {
                TreeMap<String, Json> all = new TreeMap<>();
                members.values().forEach((name, value) -> all.put(name, masked(value, mask)));
                yield new Json.Members(all);
            }
            case Json.Items items ->
                new Json.Items(items.values().stream()
                        .map(value -> masked(value, mask))
                        .toList());
            default -> mask;
        };
    }
}
