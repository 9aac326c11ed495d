package dev.muster.staging;

/** Why it stands still. */
public enum PauseCause {
    OPERATOR,
    /** A group failed. */
    ERROR_THRESHOLD
}
