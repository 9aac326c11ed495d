package dev.muster.config.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A databag in the list of a registry's.
 *
 * @param layer {@code fleet}, {@code group/<name>}, {@code staged/<rollout id>}, {@code device/<id>} or {@code
 *     actual/<id>}
 * @param changedBy who wrote it last, as the audit names them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabagLine(
        String layer,
        long version,
        @Nullable Instant changedAt,
        @Nullable String changedBy) {}
