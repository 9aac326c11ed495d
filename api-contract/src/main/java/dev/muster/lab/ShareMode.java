package dev.muster.lab;

import java.util.Locale;

/** What somebody may do on another's board: look, or use it as the holder does. */
public enum ShareMode {
    RO,
    RW;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode with this wire name; refuses unknown ones. */
    public static ShareMode named(String wireName) {
        for (ShareMode each : values()) {
            if (each.wireName().equals(wireName)) {
                return each;
            }
        }
        throw LabRefusal.BAD_VALUE.because("A board is shared 'ro' or 'rw', not '" + wireName + "'.");
    }
}
