package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Numbers a project: a set of devices that belong together, the first half of what their agents sign in as.
 *
 * @param value from 1; goes over the agent's wire as a plain JSON number
 */
public record ProjectKey(@JsonValue long value) implements Comparable<ProjectKey> {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectKey {
        if (value < 1) {
            throw AppsRefusal.KEY_INVALID.because("A key is a positive number, not " + value + ".");
        }
    }

    /** Of the project that is there without anybody making it. */
    public static final ProjectKey MAIN = new ProjectKey(1);

    /** Reads the text form; refuses anything else as unknown. */
    public static ProjectKey parse(String text) {
        try {
            return new ProjectKey(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw AppsRefusal.PROJECT_UNKNOWN.because("No project has the key " + text + ".");
        }
    }

    @Override
    public int compareTo(ProjectKey other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
