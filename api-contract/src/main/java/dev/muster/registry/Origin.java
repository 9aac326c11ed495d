package dev.muster.registry;

/** How a device became known. */
public enum Origin {
    OPERATOR,
    BULK,
    PLUG_AND_PLAY,
    /** Enrolled itself for observation. */
    ENROLMENT,
    /** Registered itself with the configuration server. */
    AGENT
}
