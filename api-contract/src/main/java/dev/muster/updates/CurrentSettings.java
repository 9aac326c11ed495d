package dev.muster.updates;

/** The settings in force on this node, folded from the log. */
public interface CurrentSettings {

    UpdateSettings get();

    /** Version for If-Match: the aggregate's sequence, -1 before the first change. */
    long version();
}
