package dev.muster.lab;

import java.util.Locale;

/** Why a board is cleaned up. */
public enum ReleaseReason {
    RELEASED,
    EXPIRED,
    KICKED,
    /** The holder was not heard of for longer than they said they would be. */
    SILENT,
    /** It could not be made ready. */
    NOT_PREPARED,
    /** The server stopped in the middle of preparing or releasing. */
    INTERRUPTED,
    /** On its way back from a fault or from maintenance. */
    RETURNED,
    /** Wanted for maintenance at once. */
    MAINTENANCE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
