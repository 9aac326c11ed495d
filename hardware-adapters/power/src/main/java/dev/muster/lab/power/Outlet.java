package dev.muster.lab.power;

import dev.muster.lab.Power;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One thing that can be turned on and off, as one driver does it. Never blocks; fails with a refusal of the lab. */
interface Outlet {

    /** Of metrics: the kind of wire. */
    String driver();

    /** What it hangs on: things with the same host share their fate and are asked one after the other. */
    String host();

    /** Names it among all outlets. */
    String id();

    /** How it likes to be switched. */
    Manner manner();

    CompletableFuture<Power> read();

    /** Orders; what became of it is read afterwards. */
    CompletableFuture<Void> turn(boolean on);

    /** Looks whether the switch cut the power again by itself; called once an outlet reads on. */
    default CompletableFuture<Void> checkLoad() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * How an outlet likes to be switched.
     *
     * @param verify whether it can be read back; else what became of an order is unknown
     * @param settle how long it may take to read as ordered
     * @param cycleDelay how long a cycle leaves it off
     */
    record Manner(boolean verify, Duration settle, Duration cycleDelay) {

        private static final Duration MAX = Duration.ofMinutes(1);

        static Manner of(Parameters given, PowerSettings settings) {
            return new Manner(
                    given.truth("verify", true),
                    given.duration("settle", settings.settle(), MAX),
                    given.duration("cycle_delay", settings.cycleDelay(), MAX));
        }
    }
}
