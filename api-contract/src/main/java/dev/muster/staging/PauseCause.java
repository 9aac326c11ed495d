package dev.muster.staging;

/** Why it stands still. */
public enum PauseCause {
    OPERATOR,
    /** A group succeeded after which a person shall look before the next one starts. */
    GROUP_SUCCEEDED,
    /** A group failed. */
    ERROR_THRESHOLD
}
