package dev.muster.apps;

/** What an agent says of itself, or what follows from its silence. */
public enum AgentStatus {
    /** It is enrolled and was never heard. */
    NEVER_SEEN,
    /** It signed in and is starting up, or waits for its container engine. */
    CONFIGURING,
    CONNECTED,
    /** Its disk is nearly full: apps are stopped and nothing new starts. */
    EMERGENCY,
    DISCONNECTED;

    /** Whether it has a session. */
    public boolean isOnline() {
        return this == CONFIGURING || this == CONNECTED || this == EMERGENCY;
    }
}
