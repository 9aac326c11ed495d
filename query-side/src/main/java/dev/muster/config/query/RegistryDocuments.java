package dev.muster.config.query;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.config.Registries.Definition;
import dev.muster.config.RegistryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What registries' documents say to people: summaries, views and their rules. Each is read once. */
public final class RegistryDocuments {

    private final Map<RegistryId, Known> known = new ConcurrentHashMap<>();

    private record Known(long revision, Said said) {}

    /** @param views in order of their names */
    public record Said(@Nullable String summary, List<ViewRules> views) {}

    public record ViewRules(String name, @Nullable String summary, List<ViewRule> rules) {}

    /** @param access {@code read}, {@code write} or {@code read-write} */
    public record ViewRule(String request, String storage, String access) {}

    public Said said(Definition definition) {
        Known before = known.get(definition.id());
        if (before != null && before.revision() == definition.revision()) {
            return before.said();
        }
        Said said = read(definition);
        known.put(definition.id(), new Known(definition.revision(), said));
        return said;
    }

    /** The document was accepted by the engine once, so what is not as expected here is passed over. */
    private static Said read(Definition definition) {
        Json.Members document = Json.Members.NONE;
        try {
            if (JsonReader.read(definition.document()) instanceof Json.Members members) {
                document = members;
            }
        } catch (JsonFault fault) {
            return new Said(null, List.of());
        }
        Json views = document.get("views") == null ? document.get("aspects") : document.get("views");
        List<ViewRules> all = new ArrayList<>();
        if (views instanceof Json.Members members) {
            members.values().forEach((name, view) -> all.add(view(name, view, definition.profile())));
        }
        return new Said(text(document, "summary"), List.copyOf(all));
    }

    private static ViewRules view(String name, Json view, Profile profile) {
        List<ViewRule> rules = new ArrayList<>();
        if (view instanceof Json.Members members && members.get("rules") instanceof Json.Items items) {
            items.values().forEach(rule -> collect(rule, "", "", "read-write", profile, rules));
        }
        return new ViewRules(name, view instanceof Json.Members members ? text(members, "summary") : null, rules);
    }

    /** A rule with content is one itself, and each part of its content goes on where it ends. */
    private static void collect(
            Json rule, String request, String storage, String inherited, Profile profile, List<ViewRule> into) {
        if (!(rule instanceof Json.Members members)) {
            return;
        }
        String place = text(members, "storage");
        if (place == null) {
            return;
        }
        String asked = text(members, "request");
        String own = text(members, "access");
        ViewRule read = new ViewRule(
                joined(request, asked == null ? place : asked), joined(storage, place), own == null ? inherited : own);
        into.add(read);
        if (members.get("content") instanceof Json.Items content) {
            String below = profile == Profile.CONFDB ? read.access() : "read-write";
            content.values().forEach(each -> collect(each, read.request(), read.storage(), below, profile, into));
        }
    }

    private static String joined(String above, String below) {
        if (above.isEmpty() || below.startsWith("[")) {
            return above + below;
        }
        return above + "." + below;
    }

    private static @Nullable String text(Json.Members members, String name) {
        return members.get(name) instanceof Json.Text text ? text.value() : null;
    }
}
