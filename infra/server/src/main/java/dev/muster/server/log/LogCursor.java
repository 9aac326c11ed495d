package dev.muster.server.log;

import dev.muster.kernel.Recorded;
import java.time.Duration;
import java.util.List;

/** A place in the log that moves forward. One thread at a time. */
public interface LogCursor extends AutoCloseable {

    /** The next events, at most {@code max}; waits up to {@code waitMax} for the first, then answers none. */
    List<Recorded> next(int max, Duration waitMax) throws InterruptedException;

    @Override
    void close();
}
