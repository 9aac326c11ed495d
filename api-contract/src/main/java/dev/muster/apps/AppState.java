package dev.muster.apps;

/** How an app is on a device, in its agent's words. */
public enum AppState {
    PRESENT,
    REMOVED,
    UNINSTALLED,
    FAILED,
    BUILDING,
    BUILT,
    TRANSFERED,
    TRANSFERING,
    PUBLISHING,
    PUBLISHED,
    DOWNLOADING,
    STARTING,
    STOPPING,
    UPDATING,
    DELETING,
    RUNNING;

    /** Whether it is on its way to something else. */
    public boolean isUnderWay() {
        return switch (this) {
            case BUILDING, TRANSFERING, PUBLISHING, DOWNLOADING, STARTING, STOPPING, UPDATING, DELETING -> true;
            case PRESENT, REMOVED, UNINSTALLED, FAILED, BUILT, TRANSFERED, PUBLISHED, RUNNING -> false;
        };
    }

    /** Whether nothing of it is there. */
    public boolean isGone() {
        return this == REMOVED || this == UNINSTALLED;
    }

    /** Where something that is on its way comes to rest, as the agent itself has it. */
    public AppState settled() {
        return switch (this) {
            case BUILDING, TRANSFERED, DOWNLOADING, TRANSFERING, PUBLISHING, UPDATING, STOPPING -> PRESENT;
            case DELETING -> REMOVED;
            case STARTING -> RUNNING;
            case PRESENT, REMOVED, UNINSTALLED, FAILED, BUILT, PUBLISHED, RUNNING -> this;
        };
    }
}
