package dev.muster.updates;

/** Where an action stands; also the kind of a status entry. Names as hawkBit's users know them. */
public enum ActionStatus {
    WAIT_FOR_CONFIRMATION,
    RUNNING,
    RETRIEVED,
    DOWNLOAD,
    DOWNLOADED,
    WARNING,
    CANCELING,
    CANCEL_REJECTED,
    CANCELED,
    FINISHED,
    /** Installed; proof of health is awaited. */
    INSTALLED,
    ERROR
}
