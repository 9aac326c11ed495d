package dev.muster.staging;

/** Where something that is staged stands. */
public enum Phase {
    NONE,
    /** Its members are being frozen. */
    CREATING,
    /** All is planned; somebody else must agree before it may start. */
    WAITING_FOR_APPROVAL,
    /** Somebody else said no. */
    APPROVAL_DENIED,
    READY,
    RUNNING,
    PAUSED,
    /** Somebody ended it. */
    STOPPED,
    /** It is off the lists; history keeps it. */
    DELETED,
    /** Every member has ended. */
    FINISHED
}
