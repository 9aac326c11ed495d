package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.AdoptStaged;
import dev.muster.config.DatabagCommand.EmptyStaged;
import dev.muster.config.DatabagCommand.ForgetSecrets;
import dev.muster.config.DatabagCommand.RevertDatabag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagEvent.DatabagReverted;
import dev.muster.config.DatabagEvent.SecretsForgotten;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.Layer;
import dev.muster.config.Registries.Definition;
import dev.muster.config.RegistrySchema;
import dev.muster.config.Seals;
import dev.muster.config.Tree;
import dev.muster.config.TreeDraft;
import dev.muster.kernel.KernelRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What follows from a command about a databag: an event, none, or a refusal. */
final class DatabagDecision {

    /** Pairs of one write, and characters of all their values. */
    static final int PAIRS_MAX = 1_000;

    static final int LENGTH_MAX = 1 << 20;

    private DatabagDecision() {}

    static List<DatabagEvent> write(WriteView c, Databag state, Definition definition, Seals seals) {
        onlyExpected(c.expectedVersion(), state.version());
        Map<String, Json> values = parsed(c.values());
        RegistrySchema schema = definition.schema(c.profile());
        Json.Members before = state.opened(c.databagId(), seals);
        Json.Members after = schema.written(before, c.view(), values);
        schema.validate(after, c.databagId().layer().isWish());
        List<Delta> deltas = ChangeSize.checked(
                new Changes(c.databagId(), schema, seals).between(state, before, after), values.keySet());
        return deltas.isEmpty()
                ? List.of()
                : List.of(new ViewWritten(
                        c.databagId(),
                        state.version() + 1,
                        c.profile(),
                        c.view(),
                        List.copyOf(values.keySet()),
                        definition.revision(),
                        deltas));
    }

    static List<DatabagEvent> revert(
            RevertDatabag c, Databag state, Definition definition, Databags databags, Seals seals) {
        onlyExpected(c.expectedVersion(), state.version());
        DatabagId id = c.databagId();
        Databag then = then(c, state, databags);
        RegistrySchema schema = definition.schema();
        Json.Members before = state.opened(id, seals);
        TreeDraft kept = new TreeDraft(then.opened(id, seals));
        for (String lost : then.lost(id, seals)) {
            Json now = Tree.at(before, lost);
            if (now != null) {
                kept.put(lost, now);
            }
        }
        Json.Members after = kept.done();
        schema.validate(after, id.layer().isWish());
        List<Delta> deltas =
                ChangeSize.checked(new Changes(id, schema, seals).between(state, before, after), List.of());
        return deltas.isEmpty()
                ? List.of()
                : List.of(new DatabagReverted(id, state.version() + 1, c.toVersion(), definition.revision(), deltas));
    }

    private static Databag then(RevertDatabag c, Databag state, Databags databags) {
        if (c.toVersion() == state.version()) {
            return state;
        }
        boolean past = c.toVersion() > 0 && c.toVersion() < state.version();
        return (past ? databags.at(c.databagId(), c.toVersion()) : java.util.Optional.<Databag>empty())
                .orElseThrow(() -> ConfigRefusal.VERSION_UNKNOWN.because(
                        "'" + c.databagId() + "' never had the version " + c.toVersion() + "."));
    }

    /** Only what really cannot be opened: a secret written since, with a new key, stays. */
    static List<DatabagEvent> forget(ForgetSecrets c, Databag state, Seals seals) {
        SortedSet<String> lost = state.lost(c.databagId(), seals);
        return lost.isEmpty()
                ? List.of()
                : List.of(new SecretsForgotten(c.databagId(), state.version() + 1, List.copyOf(lost)));
    }

    /** Refused when the schema of today does not take it; nothing new is no event. */
    static List<DatabagEvent> adopt(
            AdoptStaged c, Databag state, Definition definition, Databags databags, Seals seals) {
        RegistrySchema schema = definition.schema(c.profile());
        Json.Members before = state.opened(c.databagId(), seals);
        Json.Members after = StagedChange.of(c.databagId().registry(), c.from(), databags, seals)
                .over(before);
        schema.validate(after, c.databagId().layer().isWish());
        List<Delta> deltas = ChangeSize.checked(
                new Changes(c.databagId(), schema, seals).between(state, before, after), c.requests());
        return deltas.isEmpty()
                ? List.of()
                : List.of(new ViewWritten(
                        c.databagId(),
                        state.version() + 1,
                        c.profile(),
                        c.view(),
                        c.requests(),
                        definition.revision(),
                        deltas));
    }

    static List<DatabagEvent> empty(EmptyStaged c, Databag state) {
        if (c.databagId().layer().kind() != Layer.Kind.STAGED) {
            throw ConfigRefusal.LAYER_INVALID.because("Only what a rollout staged is dropped as a whole.");
        }
        TreeSet<String> names = new TreeSet<>(state.clear().values().keySet());
        state.sealed().keySet().forEach(path -> names.add(path.split("\\.", 2)[0]));
        List<Delta> deltas = names.stream().map(Delta::removed).toList();
        return deltas.isEmpty()
                ? List.of()
                : List.of(new DatabagReverted(c.databagId(), state.version() + 1, 0, 0, deltas));
    }

    private static void onlyExpected(@Nullable Long expected, long version) {
        if (expected != null && expected != version) {
            throw KernelRefusal.VERSION_LOST.because("This is at version " + version + ", not " + expected + ".");
        }
    }

    static Map<String, Json> parsed(Map<String, String> texts) {
        if (texts.size() > PAIRS_MAX
                || texts.values().stream().mapToLong(String::length).sum() > LENGTH_MAX) {
            throw ConfigRefusal.TOO_LARGE.because(
                    "A write has at most " + PAIRS_MAX + " pairs and " + LENGTH_MAX + " characters of values.");
        }
        Map<String, Json> values = new LinkedHashMap<>();
        texts.forEach((request, text) -> {
            try {
                values.put(request, JsonReader.read(text));
            } catch (JsonFault fault) {
                String shown = request.length() > 100 ? request.substring(0, 100) + "…" : request;
                throw ConfigRefusal.BAD_REQUEST.because(
                        "The value for '" + shown + "' is no JSON: " + fault.getMessage() + ".");
            }
        });
        return values;
    }
}
