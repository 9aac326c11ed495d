package dev.muster.updates;

/** How urgently a device is told to download and install. */
public enum ActionType {
    FORCED,
    SOFT,
    TIME_FORCED,
    DOWNLOAD_ONLY
}
