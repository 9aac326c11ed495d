package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names a rollout of a release of an app. */
public record AppRolloutId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AppRolloutId {}

    /** Reads the text form; refuses anything else as unknown. */
    public static AppRolloutId parse(String text) {
        try {
            return new AppRolloutId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw AppsRefusal.ROLLOUT_UNKNOWN.because("No rollout has the id " + text + ".");
        }
    }

    /** The identifier of its history. */
    public String aggregateId() {
        return "app-rollout/" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
