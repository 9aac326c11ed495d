package dev.muster.lab.power;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves a dead switch alone: after some failures in a row nothing is let through for a while, then one attempt at a
 * time until one succeeds. So a dead switch costs nobody more than its first failures.
 */
final class CircuitBreaker {

    private final int failuresMax;
    private final long restNanos;
    private final LongSupplier nanos;
    private int failures;
    private long restUntil;

    /** @param nanos a clock that never jumps */
    CircuitBreaker(int failuresMax, Duration rest, LongSupplier nanos) {
        this.failuresMax = failuresMax;
        this.restNanos = rest.toNanos();
        this.nanos = nanos;
    }

    /** Whether an attempt makes sense now. */
    synchronized boolean lets() {
        return failures < failuresMax || nanos.getAsLong() - restUntil >= 0;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed() {
        failures = Math.min(failures + 1, failuresMax);
        restUntil = nanos.getAsLong() + restNanos;
    }

    synchronized boolean isClosed() {
        return failures < failuresMax;
    }
}
