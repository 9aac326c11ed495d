package dev.muster.lab;

import java.util.Locale;

/** Where a board is in its life; contract §2. */
public enum BoardState {
    FREE,
    /** Accepted for somebody; script, power and console are under way. */
    PREPARING,
    RESERVED,
    /** Being cleaned up, after a reservation or on its way back from a fault. */
    RELEASING,
    /** Could not be cleaned up; never lent. */
    FAULTY,
    /** Taken out by an administrator; never lent. */
    MAINTENANCE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody has it, or it is on its way to or from somebody. */
    public boolean isTaken() {
        return this == PREPARING || this == RESERVED || this == RELEASING;
    }
}
