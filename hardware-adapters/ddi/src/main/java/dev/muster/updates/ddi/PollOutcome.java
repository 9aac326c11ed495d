package dev.muster.updates.ddi;

/** What a poll led to, for the counters. */
public enum PollOutcome {
    /** Nothing to do. */
    NONE,
    /** The device was pointed to a deployment or to a confirmation. */
    ACTION,
    /** The device was pointed to a cancel. */
    CANCEL,
    /** The device knew the answer already (304). */
    UNCHANGED,
    /** The device was sent away: 4xx or 5xx. */
    REFUSED
}
