package dev.muster.apps;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names an app for people, images, containers and tunnels. Underscores would break the names of compose projects and
 * hosts, dots those of log topics; so it never changes and is no more than this.
 *
 * @param value 1 to 63 lower-case letters, digits and single dashes between them
 */
public record AppName(@JsonValue String value) implements Comparable<AppName> {

    public static final int LENGTH_MAX = 63;

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*+");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AppName {
        if (value.length() > LENGTH_MAX || !SHAPE.matcher(value).matches()) {
            throw AppsRefusal.APP_NAME_INVALID.about("name", "That is no name of an app.");
        }
    }

    /** The identifier of its history. */
    public String aggregateId() {
        return "app/" + value;
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
