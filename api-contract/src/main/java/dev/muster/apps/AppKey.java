package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Numbers an app. An app that is made anew under a name gets another one, so that what devices still have of the old is not taken for the new.
 *
 * @param value from 1; goes over the agent's wire as a plain JSON number
 */
public record AppKey(@JsonValue long value) implements Comparable<AppKey> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AppKey {
        if (value < 1) {
            throw AppsRefusal.KEY_INVALID.because("A key is a positive number, not " + value + ".");
        }
    }

    @Override
    public int compareTo(AppKey other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
