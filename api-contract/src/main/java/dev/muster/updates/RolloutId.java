package dev.muster.updates;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names a rollout. */
public record RolloutId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RolloutId {}

    /** Reads the text form; refuses anything else as unknown. */
    public static RolloutId parse(String text) {
        try {
            return new RolloutId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw UpdatesRefusal.ROLLOUT_UNKNOWN.because("No rollout has the id " + text + ".");
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
