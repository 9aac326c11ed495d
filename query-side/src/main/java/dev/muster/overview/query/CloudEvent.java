package dev.muster.overview.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A public event: CloudEvents 1.0 in JSON, attributes by their names there.
 *
 * @param id unique, also in repetitions
 * @param source whose history it belongs to
 * @param type {@code muster.updates.action-finished.v1}
 * @param subject what it is about, {@code devices/<id>}
 * @param sequence global position; grows, as text because it may need 64 bits
 * @param partitionkey events with the same one are in order
 * @param actor who caused it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        String sequence,
        @Nullable String partitionkey,
        @Nullable String actor,
        JsonNode data) {}
