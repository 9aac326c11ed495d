package dev.muster.lab;

import java.util.Locale;

/** What can be done to a board's power. {@code CYCLE} is off, a wait, on. */
public enum PowerAction {
    ON,
    OFF,
    CYCLE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action with this wire name; refuses unknown ones. */
    public static PowerAction named(String wireName) {
        for (PowerAction each : values()) {
            if (each.wireName().equals(wireName)) {
                return each;
            }
        }
        throw LabRefusal.BAD_VALUE.because("Power can be turned on and off and cycled, not '" + wireName + "'.");
    }
}
