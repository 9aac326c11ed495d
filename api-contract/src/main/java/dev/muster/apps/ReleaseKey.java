package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Numbers a release over all apps: agents name what they have by it.
 *
 * @param value from 1; goes over the agent's wire as a plain JSON number
 */
public record ReleaseKey(@JsonValue long value) implements Comparable<ReleaseKey> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReleaseKey {
        if (value < 1) {
            throw AppsRefusal.KEY_INVALID.because("A key is a positive number, not " + value + ".");
        }
    }

    @Override
    public int compareTo(ReleaseKey other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
