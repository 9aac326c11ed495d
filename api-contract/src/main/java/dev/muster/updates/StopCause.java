package dev.muster.updates;

/** Why a rollout was ended before its time. */
public enum StopCause {
    RELEASE_INVALIDATED,
    /** Its devices got back what they had. */
    ROLLED_BACK,
    OPERATOR
}
