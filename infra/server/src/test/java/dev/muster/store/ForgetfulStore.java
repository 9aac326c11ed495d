package dev.muster.store;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The broken store for the crash test: it tells the callers first and writes a little later. Test code only; nothing
 * that is shipped can choose it.
 */
public final class ForgetfulStore {

    private static final Duration LATE = Duration.ofMillis(20);

    private ForgetfulStore() {}

    public static EmbeddedStore open(StoreSettings settings, Clock clock) {
        return EmbeddedStore.open(settings, clock, (write, acknowledge) -> {
            acknowledge.run();
            LockSupport.parkNanos(LATE.toNanos());
            write.run();
        });
    }
}
