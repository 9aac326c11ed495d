package dev.muster.kernel;

/**
 * State in memory that is folded from the log: the fleet index, the device desk, counters. One reader per node hands
 * every event to every fold, in order of position, on one thread. A fold must not block and must not fail on an event
 * it does not know.
 */
public interface Fold {

    /** Shown in metrics and health. */
    String name();

    void apply(Recorded recorded);
}
