package dev.muster.updates;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.kernel.Ids;
import java.util.UUID;

/** Names a release. Made from its name and version, so two releases of one name and version cannot exist. */
public record ReleaseId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReleaseId {}

    public static ReleaseId of(String name, String version) {
        return new ReleaseId(Ids.named("release", name + '\n' + version));
    }

    /** Reads the text form; refuses anything else as unknown. */
    public static ReleaseId parse(String text) {
        try {
            return new ReleaseId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw UpdatesRefusal.RELEASE_UNKNOWN.because("No release has the id " + text + ".");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
