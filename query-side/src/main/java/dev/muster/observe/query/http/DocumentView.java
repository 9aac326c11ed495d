package dev.muster.observe.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.RuleFiles.Finding;
import dev.muster.observe.Uid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard or rule file as people see it, without its content.
 *
 * @param id names this one for ever, also when its uid is given to another one later
 * @param sha256 lower-case hex, of its content
 * @param size bytes of its content
 * @param template whether it is rendered for each device that uses it
 * @param devices how many devices use it
 * @param findings what Prometheus or Loki would not load of a rule file; null in lists, and for what is no rule file
 * @param version for If-Match
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DocumentView(
        DocumentKind kind,
        Uid uid,
        DocumentId id,
        String sha256,
        long size,
        boolean template,
        int devices,
        @Nullable List<Finding> findings,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    static DocumentView of(Document document, int devices, @Nullable List<Finding> findings) {
        return new DocumentView(
                document.kind(),
                document.uid(),
                document.id(),
                document.content().sha256(),
                document.content().size(),
                document.content().template(),
                devices,
                findings,
                document.createdAt(),
                document.updatedAt(),
                document.version());
    }
}
