package dev.muster.config.query.http;

import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Registries;
import dev.muster.config.Registries.Definition;
import dev.muster.config.Seals;
import dev.muster.config.SecretsEvent.Way;
import dev.muster.config.query.DatabagHistory;
import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Page;
import dev.muster.kernel.Recorded;
import dev.muster.registry.query.Offload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** What is asked of one databag, whatever its layer. Opening seals and reading the log happen off the event loop. */
public final class DatabagReads {

    private static final String HISTORY = "history";

    private final Registries registries;
    private final Databags databags;
    private final Seals seals;
    private final DatabagHistory history;
    private final SecretReads secretReads;
    private final Offload offload;

    public DatabagReads(
            Registries registries,
            Databags databags,
            Seals seals,
            DatabagHistory history,
            SecretReads secretReads,
            Offload offload) {
        this.registries = registries;
        this.databags = databags;
        this.seals = seals;
        this.history = history;
        this.secretReads = secretReads;
        this.offload = offload;
    }

    Mono<ResponseEntity<ValuesView>> values(DatabagId id, boolean secrets) {
        return shown(id, secrets, () -> databags.find(id));
    }

    Mono<ResponseEntity<ValuesView>> version(DatabagId id, long version, boolean secrets) {
        return shown(id, secrets, () -> history.at(id, version));
    }

    private Mono<ResponseEntity<ValuesView>> shown(
            DatabagId id, boolean secrets, java.util.function.Supplier<Databag> databag) {
        return SecretReads.allowed(secrets)
                .then(offload.<ValuesView>ask(() -> {
                    registries.needed(id.registry());
                    return ValuesView.of(id, databag.get(), seals, secrets);
                }))
                .flatMap(view -> secretReads
                        .noted(id, null, secrets ? view.secrets() : List.of(), Way.VALUES)
                        .thenReturn(answer(Long.toString(view.version()), secrets, view)));
    }

    Mono<ResponseEntity<ViewedView>> view(
            DatabagId id, String view, @Nullable String fields, @Nullable String constraints, boolean secrets) {
        ViewQuestion question = ViewQuestion.of(view, fields, constraints);
        return SecretReads.allowed(secrets)
                .then(offload.<Viewed>ask(() -> viewed(id, question, secrets)))
                .flatMap(found -> secretReads
                        .noted(id, view, found.secret() ? question.named() : List.of(), Way.VIEW)
                        .thenReturn(answer(found.mark(), secrets, found.view())));
    }

    /**
     * @param secret whether there may be secrets in it
     * @param mark the databag's version and, for caches, the revision of the schema that the view is of
     */
    private record Viewed(ViewedView view, boolean secret, String mark) {}

    private Viewed viewed(DatabagId id, ViewQuestion question, boolean secrets) {
        Databag databag = databags.find(id);
        Definition definition = registries.needed(id.registry());
        String value = question.asked(definition.schema(), databag.opened(id, seals), secrets);
        return new Viewed(
                new ViewedView(databag.version(), value),
                secrets && !databag.sealed().isEmpty(),
                databag.version() + "-" + definition.revision());
    }

    Mono<Page<HistoryEntry>> history(DatabagId id, @Nullable String cursor, int limit) {
        long before = Marks.numberAfter(cursor, HISTORY, Long.MAX_VALUE);
        return offload.ask(() -> {
            registries.needed(id.registry());
            List<HistoryEntry> entries = new ArrayList<>();
            for (Recorded recorded : history.before(id, before, limit)) {
                if (recorded.event() instanceof DatabagEvent event) {
                    entries.add(HistoryEntry.of(recorded, event));
                }
            }
            long oldest = entries.isEmpty() ? 1 : entries.getLast().version();
            return new Page<>(entries, oldest > 1 ? ListCursor.of(HISTORY, Long.toString(oldest)) : null, null);
        });
    }

    private static <T> ResponseEntity<T> answer(String mark, boolean secrets, T body) {
        return ResponseEntity.ok()
                .eTag("\"" + mark + "\"")
                .cacheControl(
                        secrets
                                ? CacheControl.noStore()
                                : CacheControl.noCache().cachePrivate())
                .body(body);
    }
}
