package dev.muster.config.command;

import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.RevertDatabag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.Registries;
import dev.muster.config.Registries.Definition;
import dev.muster.config.Seals;
import dev.muster.config.Tree;
import dev.muster.kernel.History;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an order about a databag would do, and what one did, told in values. A rehearsal makes the very decision that
 * the order would meet and throws it away; a deed is read back from the log, so what is told is what happened.
 * Blocking; off the event loop.
 */
public final class Consequences {

    private final Registries registries;
    private final Databags databags;
    private final Seals seals;
    private final History history;

    public Consequences(Registries registries, Databags databags, Seals seals, History history) {
        this.registries = registries;
        this.databags = databags;
        this.seals = seals;
        this.history = history;
    }

    /**
     * One place in the storage that is another one after.
     *
     * @param removed whether nothing is there after
     * @param before canonical JSON, null when nothing was there, for secrets, and when it is not known
     * @param after canonical JSON, null when nothing is there and for secrets
     * @param secret whether it holds a secret; values of secrets are never told
     */
    public record Change(
            String path,
            boolean removed,
            @Nullable String before,
            @Nullable String after,
            boolean secret) {}

    /** @param version that the databag has: after a deed the new one, after a rehearsal the one it has now */
    public record Told(long version, List<Change> changes) {}

    /** Refused as the order would be. Secrets that the order names are told whether it changes them or not. */
    public Told of(WriteView order) {
        Databag state = databags.find(order.databagId());
        Definition definition = registries.needed(order.databagId().registry());
        List<Change> changes = changes(state, DatabagDecision.write(order, state, definition, seals));
        TreeMap<String, Change> told = new TreeMap<>();
        changes.forEach(change -> told.put(change.path(), change));
        for (String secret : NamedSecrets.of(order, state, definition.schema(order.profile()), seals)) {
            if (!Tree.anyOverlaps(told, secret)) {
                changes.add(new Change(secret, false, null, null, true));
            }
        }
        return new Told(state.version(), changes);
    }

    /** Refused as the order would be. */
    public Told of(RevertDatabag order) {
        Databag state = databags.find(order.databagId());
        List<DatabagEvent> events = DatabagDecision.revert(
                order, state, registries.needed(order.databagId().registry()), databags, seals);
        return new Told(state.version(), changes(state, events));
    }

    /**
     * What an order did.
     *
     * @param version that it answered
     * @param before the databag as it was known before the order; values are told from it if nobody came in between
     * @param provenance of the order: an order that changed nothing answers a version that somebody else made
     */
    public Told done(DatabagId id, long version, Databag before, Map<String, String> provenance) {
        if (version == 0) {
            return new Told(version, List.of());
        }
        String correlation = provenance.get(Provenance.CORRELATION);
        for (Recorded recorded : history.of(id.aggregateId(), version - 1, 1)) {
            boolean ours = correlation != null
                    && Objects.equals(correlation, recorded.metadata().get(Provenance.CORRELATION));
            if (ours && recorded.event() instanceof DatabagEvent event && event.version() == version) {
                Databag known = before.version() == version - 1 ? before : Databag.EMPTY;
                return new Told(version, changes(known, List.of(event)));
            }
        }
        return new Told(version, List.of());
    }

    private static List<Change> changes(Databag before, List<DatabagEvent> events) {
        List<Change> changes = new ArrayList<>();
        for (DatabagEvent event : events) {
            for (Delta delta : event.changes()) {
                changes.add(change(before, delta));
            }
        }
        return changes;
    }

    private static Change change(Databag before, Delta delta) {
        String path = delta.path();
        boolean wasSecret = Tree.anyOverlaps(before.sealed(), path);
        Json was = Tree.at(before.clear(), path);
        String text = was == null ? null : was.toString();
        return switch (delta.kind()) {
            case SET -> new Change(path, false, text, delta.value(), false);
            case SEALED -> new Change(path, false, text, null, true);
            case REMOVED -> new Change(path, true, text, null, wasSecret);
        };
    }
}
