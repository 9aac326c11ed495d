package dev.muster.config.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.config.Profile;
import dev.muster.config.Registries.Definition;
import dev.muster.config.query.ChangeIndex.LastChange;
import dev.muster.config.query.RegistryDocuments.Said;
import dev.muster.config.query.RegistryDocuments.ViewRules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registry with all it says.
 *
 * @param profile the generation its document was meant for
 * @param document as it was posted, assertions as JSON
 * @param databags how many databags it has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegistryView(
        String account,
        String name,
        long revision,
        Profile profile,
        @Nullable String summary,
        String document,
        List<ViewRules> views,
        int databags,
        @Nullable Instant changedAt,
        @Nullable String changedBy) {

    static RegistryView of(Definition definition, Said said, int databags, @Nullable LastChange changed) {
        return new RegistryView(
                definition.id().account(),
                definition.id().name(),
                definition.revision(),
                definition.profile(),
                said.summary(),
                definition.document(),
                said.views(),
                databags,
                changed == null ? null : changed.at(),
                changed == null ? null : changed.by());
    }

    /**
     * A registry in the list of all.
     *
     * @param views their names, in order
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RegistryLine(
            String account,
            String name,
            long revision,
            Profile profile,
            @Nullable String summary,
            List<String> views,
            int databags,
            @Nullable Instant changedAt,
            @Nullable String changedBy) {

        static RegistryLine of(Definition definition, Said said, int databags, @Nullable LastChange changed) {
            return new RegistryLine(
                    definition.id().account(),
                    definition.id().name(),
                    definition.revision(),
                    definition.profile(),
                    said.summary(),
                    said.views().stream().map(ViewRules::name).toList(),
                    databags,
                    changed == null ? null : changed.at(),
                    changed == null ? null : changed.by());
        }
    }

    /** One revision of a definition; the document is left out of lists. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RegistryRevision(
            long revision,
            Instant at,
            @Nullable String by,
            @Nullable String document) {}

    /** Newest first. */
    public record RegistryRevisions(List<RegistryRevision> items) {}

    /** In order of account and name. */
    public record RegistryLines(List<RegistryLine> items) {}
}
