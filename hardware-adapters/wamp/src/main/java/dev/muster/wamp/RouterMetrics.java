package dev.muster.wamp;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes on. Plain counters since the start; whoever publishes them reads them at leisure. */
public final class RouterMetrics {

    final AtomicInteger sessions = new AtomicInteger();
    final LongAdder messages = new LongAdder();
    final LongAdder calls = new LongAdder();
    final LongAdder publications = new LongAdder();
    final LongAdder eventsDropped = new LongAdder();
    final LongAdder sessionsTooSlow = new LongAdder();
    final LongAdder violations = new LongAdder();
    final LongAdder refusals = new LongAdder();
    final LongAdder takeovers = new LongAdder();

    /** Sessions from outside that are open. */
    public int sessions() {
        return sessions.get();
    }

    /** Messages that came from outside. */
    public long messages() {
        return messages.sum();
    }

    public long calls() {
        return calls.sum();
    }

    public long publications() {
        return publications.sum();
    }

    /** Events that somebody did not get, as they take less than is said to them. */
    public long eventsDropped() {
        return eventsDropped.sum();
    }

    /** Sessions that were ended as they did not take even answers. */
    public long sessionsTooSlow() {
        return sessionsTooSlow.sum();
    }

    /** Connections that were ended for what they sent. */
    public long violations() {
        return violations.sum();
    }

    /** Those that were not let in. */
    public long refusals() {
        return refusals.sum();
    }

    /** Sessions that were ended by a newer one of the same name. */
    public long takeovers() {
        return takeovers.sum();
    }
}
