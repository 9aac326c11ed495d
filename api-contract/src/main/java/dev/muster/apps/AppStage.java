package dev.muster.apps;

/** Which of two lives an app has on a device. */
public enum AppStage {
    /** Built there from a developer's sources. */
    DEV,
    /** A release. */
    PROD
}
