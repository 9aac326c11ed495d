package dev.muster.updates.modes;

/** How a device's update stands. */
public enum FollowState {
    /** It has not said yet what it is. */
    UNKNOWN,
    /** It said what it is; nothing was installed since. */
    REGISTERED,
    /** It is at work on an update, and takes one of the places that the limit of concurrent updates leaves. */
    RUNNING,
    /** Its last update failed. Nothing is offered until somebody forces it or it starts by itself. */
    ERROR,
    /** Its last update succeeded. */
    FINISHED
}
