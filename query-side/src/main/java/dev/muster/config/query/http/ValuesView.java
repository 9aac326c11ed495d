package dev.muster.config.query.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.config.Databag;
import dev.muster.config.DatabagId;
import dev.muster.config.Seals;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.SortedSet;

/**
 * A databag as people see it.
 *
 * @param layer as paths have it
 * @param version 0 when nothing was ever written
 * @param values an object; secrets are left out unless they were asked for
 * @param secrets storage paths of secrets that can be read
 * @param lost storage paths of secrets whose key was destroyed
 */
public record ValuesView(
        String layer,
        long version,
        @JsonRawValue @Schema(implementation = Object.class) String values,
        List<String> secrets,
        List<String> lost) {

    /** Opens seals: blocking. */
    static ValuesView of(DatabagId id, Databag databag, Seals seals, boolean withSecrets) {
        SortedSet<String> lost = databag.lost(id, seals);
        List<String> secrets = databag.sealed().keySet().stream()
                .filter(path -> !lost.contains(path))
                .toList();
        return new ValuesView(
                id.layer().toString(),
                databag.version(),
                (withSecrets ? databag.opened(id, seals) : databag.clear()).toString(),
                secrets,
                List.copyOf(lost));
    }
}
