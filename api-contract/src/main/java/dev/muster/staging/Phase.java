package dev.muster.staging;

/** Where something that is staged stands. */
public enum Phase {
    NONE,
    /** Its members are being frozen. */
    CREATING,
    READY,
    RUNNING,
    PAUSED,
    /** Somebody ended it. */
    STOPPED,
    /** Every member has ended. */
    FINISHED
}
