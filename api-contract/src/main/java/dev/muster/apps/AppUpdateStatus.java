package dev.muster.apps;

import java.util.Locale;

/** How far an update of an app is, as the report that came last has it. */
public enum AppUpdateStatus {
    NONE,
    /** The release was exchanged; what it makes of it is not known yet. */
    PENDING_REMOTE_CONFIRMATION,
    COMPLETED,
    CANCELED;

    /** The agent's word; what it is not known for is none. */
    public static AppUpdateStatus of(String word) {
        for (AppUpdateStatus each : values()) {
            if (each != NONE && each.name().toLowerCase(Locale.ROOT).equals(word)) {
                return each;
            }
        }
        return NONE;
    }
}
