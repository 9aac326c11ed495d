package dev.muster.updates.query;

import org.jspecify.annotations.Nullable;

/**
 * A comparison that a device does not pass.
 *
 * @param comparison as it was written, {@code group==lab}
 * @param field what it looks at
 * @param value what the device has there, null when it has nothing
 */
public record FilterMiss(
        String comparison, String field, @Nullable String value) {

    /** {@code group==lab is not so: its group is office}. */
    public String words() {
        return comparison + " is not so: its " + field + (value == null ? " is not set" : " is " + value);
    }
}
