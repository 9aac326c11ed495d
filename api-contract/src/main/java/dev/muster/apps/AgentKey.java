package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Numbers a device for its agent, the second half of what it signs in as. A device that is enrolled anew gets another one.
 *
 * @param value from 1; goes over the agent's wire as a plain JSON number
 */
public record AgentKey(@JsonValue long value) implements Comparable<AgentKey> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AgentKey {
        if (value < 1) {
            throw AppsRefusal.KEY_INVALID.because("A key is a positive number, not " + value + ".");
        }
    }

    @Override
    public int compareTo(AgentKey other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
