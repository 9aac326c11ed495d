package dev.muster.config.command;

import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Layers;
import dev.muster.config.RegistryId;
import dev.muster.config.Seals;
import dev.muster.config.Tree;
import dev.muster.config.TreeDraft;
import java.util.Collection;
import java.util.List;

/**
 * What a rollout stages, as storage. It lies over other values in the same way wherever it does: objects member by
 * member, everything else and each secret as a whole.
 *
 * @param secrets storage paths of secrets among the values
 */
record StagedChange(Json.Members values, Collection<String> secrets) {

    static StagedChange of(RegistryId registry, Layer layer, Databags databags, Seals seals) {
        DatabagId id = new DatabagId(registry, layer);
        Databag staged = databags.find(id);
        return new StagedChange(staged.opened(id, seals), staged.sealed().keySet());
    }

    Json.Members over(Json.Members below) {
        TreeDraft room = new TreeDraft(below);
        secrets.forEach(room::remove);
        return Layers.over(List.of(room.done(), values));
    }

    /** Whether what is said at this place is its doing, or has some of it inside. */
    boolean concerns(String path) {
        return Tree.at(values, path) != null || secrets.stream().anyMatch(secret -> Tree.overlap(secret, path));
    }

    /** Without values. */
    @Override
    public String toString() {
        return "StagedChange" + values.values().keySet();
    }
}
