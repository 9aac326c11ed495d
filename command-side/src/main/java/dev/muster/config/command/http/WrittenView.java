package dev.muster.config.command.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.config.command.Consequences.Change;
import dev.muster.config.command.Consequences.Told;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write did to the storage, or would do.
 *
 * @param version that the databag has now; after a rehearsal, the one it would be written on
 */
public record WrittenView(long version, List<WrittenChange> changes) {

    /** What became of a place. */
    public enum Kind {
        SET,
        REMOVED
    }

    /**
     * @param path in the storage
     * @param before left out when nothing was there, for secrets, and when somebody else wrote in the same moment
     * @param after left out when nothing is there, and for secrets
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WrittenChange(
            String path,
            Kind kind,

            @JsonRawValue @Schema(implementation = Object.class) @Nullable
            String before,

            @JsonRawValue @Schema(implementation = Object.class) @Nullable
            String after,

            boolean secret) {

        static WrittenChange of(Change change) {
            return new WrittenChange(
                    change.path(),
                    change.removed() ? Kind.REMOVED : Kind.SET,
                    change.before(),
                    change.after(),
                    change.secret());
        }
    }

    static WrittenView of(Told told) {
        return new WrittenView(
                told.version(), told.changes().stream().map(WrittenChange::of).toList());
    }
}
