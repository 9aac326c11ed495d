package dev.muster.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The broken build: it tells the callers first and writes a little later. It exists so that the crash checkers can be
 * shown to notice, and it exists under test only: nothing in the store's own code can choose it.
 */
final class AcknowledgeFirst {

    private static final Duration LATE = Duration.ofMillis(20);

    private AcknowledgeFirst() {}

    static EmbeddedStore open(StoreSettings settings) {
        return EmbeddedStore.open(settings, Samples.CLOCK, (write, acknowledge) -> {
            acknowledge.run();
            LockSupport.parkNanos(LATE.toNanos());
            write.run();
        });
    }
}
