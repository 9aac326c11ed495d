package dev.muster.apps;

/** How an app should be on a device. */
public enum AppTarget {
    RUNNING,
    /** Installed, not running. */
    PRESENT,
    /** Its containers and images are gone, its data stays. */
    REMOVED,
    /** Gone with its data. */
    UNINSTALLED;

    /** Whether the device should have it at all. */
    public boolean wantsIt() {
        return this == RUNNING || this == PRESENT;
    }
}
