package dev.muster.observe.command;

import dev.muster.kernel.KernelRefusal;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** Guards a change against what its author has not seen; for command handlers only. */
final class Versions {

    private Versions() {}

    /** Refuses when the aggregate at hand is at another version; null means any. */
    static void only(@Nullable Long expected) {
        Long version = AggregateLifecycle.getVersion();
        if (expected != null && !expected.equals(version)) {
            throw KernelRefusal.VERSION_LOST.because("This is at version " + version + ", not " + expected + ".");
        }
    }
}
