package dev.muster.kernel;

import java.util.List;

/**
 * A standing rule, "when X then order Y", or an adapter's effect. It hears the log from the moment it was first
 * installed, at least once, in order; its place is kept durably beside the events. What it orders must be idempotent.
 * It never hears history again, so effects are never replayed.
 */
public interface Policy {

    /** A sentence in kebab-case; the name of its place in the log, so it never changes. */
    String name();

    /**
     * Reacts to consecutive events and returns when every effect is done (see {@link Await}). A failure is retried;
     * an event that keeps failing is parked with all later ones of its aggregate, and the line goes on.
     */
    void react(List<Recorded> batch);

    /** How many events one call may bring. Rules that sum up want many. */
    default int batchMax() {
        return 100;
    }
}
