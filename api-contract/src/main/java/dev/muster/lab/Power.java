package dev.muster.lab;

import java.util.Locale;

/** What is known of a board's power; unknown is never guessed. */
public enum Power {
    ON,
    OFF,
    UNKNOWN;

    public static Power of(boolean on) {
        return on ? ON : OFF;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
