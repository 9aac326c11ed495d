package dev.muster.config.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagEvent.DatabagReverted;
import dev.muster.config.DatabagEvent.SecretsForgotten;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.Delta;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a databag: how it came about.
 *
 * @param by who, as the audit names them
 * @param view through which it was written; null for what was not
 * @param requests paths of the view that were asked for
 * @param toVersion the version it was taken back to; null for what was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryEntry(
        long version,
        Instant at,
        @Nullable String by,
        Kind kind,
        @Nullable String view,
        List<String> requests,
        @Nullable Long toVersion,
        List<ValueChange> changes) {

    /** What was done. */
    public enum Kind {
        WRITTEN,
        REVERTED,
        FORGOTTEN
    }

    /**
     * @param path in the storage
     * @param kind {@code set} or {@code removed}
     * @param value what it was set to; left out for secrets
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ValueChange(
            String path,
            String kind,

            @JsonRawValue @Schema(implementation = Object.class) @Nullable
            String value,

            boolean secret) {

        static ValueChange of(Delta delta, boolean forgotten) {
            return switch (delta.kind()) {
                case SET -> new ValueChange(delta.path(), "set", delta.value(), false);
                case SEALED -> new ValueChange(delta.path(), "set", null, true);
                case REMOVED -> new ValueChange(delta.path(), "removed", null, forgotten);
            };
        }
    }

    static HistoryEntry of(Recorded recorded, DatabagEvent event) {
        Object by = recorded.metadata().get(Provenance.ACTOR);
        String who = by == null ? null : by.toString();
        boolean forgotten = event instanceof SecretsForgotten;
        List<ValueChange> changes = event.changes().stream()
                .map(delta -> ValueChange.of(delta, forgotten))
                .toList();
        return switch (event) {
            case ViewWritten e ->
                new HistoryEntry(e.version(), recorded.at(), who, Kind.WRITTEN, e.view(), e.requests(), null, changes);
            case DatabagReverted e ->
                new HistoryEntry(
                        e.version(), recorded.at(), who, Kind.REVERTED, null, List.of(), e.toVersion(), changes);
            case SecretsForgotten e ->
                new HistoryEntry(e.version(), recorded.at(), who, Kind.FORGOTTEN, null, List.of(), null, changes);
        };
    }
}
