package dev.muster.updates.query;

/** How a member of a rollout stands. */
public enum MemberStatus {
    /** Not offered yet, or passed over because it had the release or could not take it. */
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    /** It left the fleet. */
    GONE
}
