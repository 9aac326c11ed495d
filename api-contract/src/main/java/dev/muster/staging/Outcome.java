package dev.muster.staging;

/** How it ended for a member. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELED
}
