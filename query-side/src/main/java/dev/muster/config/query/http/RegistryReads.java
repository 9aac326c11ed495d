package dev.muster.config.query.http;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.DatabagId;
import dev.muster.config.Layer;
import dev.muster.config.Registries;
import dev.muster.config.Registries.Definition;
import dev.muster.config.RegistryEvent;
import dev.muster.config.RegistryEvent.RegistryDefined;
import dev.muster.config.RegistryEvent.RegistryRedefined;
import dev.muster.config.RegistryId;
import dev.muster.config.query.ChangeIndex;
import dev.muster.config.query.ChangeIndex.LastChange;
import dev.muster.config.query.DatabagHistory;
import dev.muster.config.query.DatabagIndex;
import dev.muster.config.query.RegistryDocuments;
import dev.muster.config.query.http.RegistryView.RegistryLine;
import dev.muster.config.query.http.RegistryView.RegistryLines;
import dev.muster.config.query.http.RegistryView.RegistryRevision;
import dev.muster.config.query.http.RegistryView.RegistryRevisions;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Page;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Registries: what there are, what they say, how they came to say it, and who has values. */
@RestController
@RequestMapping("/api/v1/registries")
public class RegistryReads {

    private static final String DATABAGS = "databags";

    private final Registries registries;
    private final RegistryDocuments documents;
    private final DatabagIndex databags;
    private final ChangeIndex changes;
    private final DatabagHistory history;
    private final Offload offload;

    public RegistryReads(
            Registries registries,
            RegistryDocuments documents,
            DatabagIndex databags,
            ChangeIndex changes,
            DatabagHistory history,
            Offload offload) {
        this.registries = registries;
        this.documents = documents;
        this.databags = databags;
        this.changes = changes;
        this.history = history;
        this.offload = offload;
    }

    @GetMapping
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "All registries in order of account and name")
    public Mono<RegistryLines> list() {
        return offload.ask(() ->
                new RegistryLines(registries.all().stream().map(this::line).toList()));
    }

    private RegistryLine line(Definition definition) {
        RegistryId id = definition.id();
        return RegistryLine.of(
                definition, documents.said(definition), databags.sorted(id).size(), changes.of(id));
    }

    @GetMapping("/{account}/{name}")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "One registry: its document, its views and their rules")
    public Mono<ResponseEntity<RegistryView>> one(
            @PathVariable String account,
            @PathVariable String name,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        RegistryId id = new RegistryId(account, name);
        return offload.ask(() -> {
            Definition definition = registries.needed(id);
            int count = databags.sorted(id).size();
            RegistryView view = RegistryView.of(definition, documents.said(definition), count, changes.of(id));
            return Conditional.answer(ifNoneMatch, Long.toString(definition.revision()), view);
        });
    }

    @GetMapping("/{account}/{name}/revisions")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "How a registry's definition came about, newest first")
    public Mono<RegistryRevisions> revisions(@PathVariable String account, @PathVariable String name) {
        RegistryId id = new RegistryId(account, name);
        return offload.ask(() -> {
            registries.needed(id);
            return new RegistryRevisions(history.revisions(id).reversed().stream()
                    .map(recorded -> revision(recorded, false))
                    .toList());
        });
    }

    @GetMapping("/{account}/{name}/revisions/{revision}")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "A registry's definition as it was")
    public Mono<RegistryRevision> revision(
            @PathVariable String account, @PathVariable String name, @PathVariable long revision) {
        RegistryId id = new RegistryId(account, name);
        return offload.ask(() -> history.revisions(id).stream()
                .map(recorded -> revision(recorded, true))
                .filter(each -> each.revision() == revision)
                .findFirst()
                .orElseThrow(() -> ConfigRefusal.VERSION_UNKNOWN.because(
                        "'" + id + "' never had the revision " + revision + ".")));
    }

    private static RegistryRevision revision(Recorded recorded, boolean whole) {
        RegistryEvent event = (RegistryEvent) recorded.event();
        Object by = recorded.metadata().get(Provenance.ACTOR);
        String who = by == null ? null : by.toString();
        return switch (event) {
            case RegistryDefined e ->
                new RegistryRevision(e.revision(), recorded.at(), who, whole ? e.document() : null);
            case RegistryRedefined e ->
                new RegistryRevision(e.revision(), recorded.at(), who, whole ? e.document() : null);
        };
    }

    @GetMapping("/{account}/{name}/databags")
    @Requires(Permission.CONFIG_READ)
    @Operation(
            summary = "Databags of a registry by layer",
            description = "'kind' is fleet, group, staged, device or actual, and leaves those.")
    public Mono<Page<DatabagLine>> databags(
            @PathVariable String account,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        RegistryId id = new RegistryId(account, name);
        Layer.Kind wanted = kind(kind);
        Layer last = layer(cursor);
        int most = Pages.limit(limit);
        return offload.ask(() -> {
            registries.needed(id);
            return page(id, wanted, last, most);
        });
    }

    private Page<DatabagLine> page(RegistryId id, Layer.@Nullable Kind wanted, @Nullable Layer last, int limit) {
        NavigableSet<DatabagId> all = databags.sorted(id);
        List<DatabagLine> lines = new ArrayList<>();
        String key = "";
        for (DatabagId each : last == null ? all : all.tailSet(new DatabagId(id, last), false)) {
            Layer layer = each.layer();
            if (wanted == null || layer.kind() == wanted) {
                if (lines.size() == limit) {
                    return new Page<>(lines, ListCursor.of(DATABAGS, key), null);
                }
                lines.add(line(each));
                key = layer.toString();
            } else if (layer.kind().compareTo(wanted) > 0) {
                break;
            }
        }
        return new Page<>(lines, null, null);
    }

    private DatabagLine line(DatabagId id) {
        LastChange changed = changes.of(id);
        return new DatabagLine(
                id.layer().toString(),
                databags.find(id).version(),
                changed == null ? null : changed.at(),
                changed == null ? null : changed.by());
    }

    private static Layer.@Nullable Kind kind(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return switch (text) {
            case "fleet" -> Layer.Kind.FLEET;
            case "group", "groups" -> Layer.Kind.GROUP;
            case "staged" -> Layer.Kind.STAGED;
            case "device", "devices" -> Layer.Kind.DEVICE;
            case "actual" -> Layer.Kind.ACTUAL;
            default -> throw KernelRefusal.INVALID_REQUEST.because("'kind' is fleet, group, staged, device or actual.");
        };
    }

    private static @Nullable Layer layer(@Nullable String cursor) {
        String text = Marks.after(cursor, DATABAGS);
        if (text == null) {
            return null;
        }
        try {
            return Layer.of(text);
        } catch (Refused refused) {
            throw ListCursor.foreign();
        }
    }
}
