package dev.muster.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The one name of a device in all worlds: DDI controller id, COS uid, agent serial.
 *
 * @param value 1 to 256 characters; no white space, control characters, slash, backslash or semicolon
 */
public record DeviceId(@JsonValue String value) implements Comparable<DeviceId> {

    public static final int LENGTH_MAX = 256;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeviceId {
        String fault = faultOf(value);
        if (fault != null) {
            throw RegistryRefusal.DEVICE_ID_INVALID.about("id", fault);
        }
    }

    private static @org.jspecify.annotations.Nullable String faultOf(String value) {
        if (value.isEmpty() || value.codePointCount(0, value.length()) > LENGTH_MAX) {
            return "A device id has 1 to " + LENGTH_MAX + " characters.";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
                return "A device id has no white space and no control characters.";
            }
            if (c == '/' || c == '\\' || c == ';') {
                return "A device id has no slash, backslash or semicolon.";
            }
        }
        return null;
    }

    @Override
    public int compareTo(DeviceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
