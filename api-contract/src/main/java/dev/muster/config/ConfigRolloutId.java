package dev.muster.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names a rollout of configuration. */
public record ConfigRolloutId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConfigRolloutId {}

    /** Reads the text form; refuses anything else as unknown. */
    public static ConfigRolloutId parse(String text) {
        try {
            return new ConfigRolloutId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw ConfigRefusal.ROLLOUT_UNKNOWN.because("No rollout has the id " + text + ".");
        }
    }

    /** The identifier of its history. */
    public String aggregateId() {
        return "config-rollout/" + value;
    }

    /** Where its values lie until its target has them. */
    public Layer layer() {
        return Layer.staged(value.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
