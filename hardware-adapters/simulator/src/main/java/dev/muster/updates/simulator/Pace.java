package dev.muster.updates.simulator;

import java.time.Duration;

/** How simulated devices pass the time; a test may make it pass at once. */
interface Pace {

    /** Blocks the device's own virtual thread, which costs no platform thread. */
    Pace REAL = duration -> Thread.sleep(duration);

    void pause(Duration duration) throws InterruptedException;
}
