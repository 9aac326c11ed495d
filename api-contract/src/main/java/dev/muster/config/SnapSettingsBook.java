package dev.muster.config;

/** The settings of all snaps of all devices, sealed, in memory on each node, folded from the log. */
public interface SnapSettingsBook {

    /** As they are now; empty and version 0 when nothing was ever set. */
    SnapSettings find(SnapSettingsId id);
}
