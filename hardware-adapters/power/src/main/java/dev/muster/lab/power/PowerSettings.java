package dev.muster.lab.power;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How patient this node is with power switches. What a board's option says about itself goes before what is here.
 *
 * @param timeout how long one SNMP request waits for its answer
 * @param retries how often it is sent again after that
 * @param settle how long an outlet may take until it reads as it was ordered
 * @param cycleDelay how long a cycle leaves the power off
 * @param pollPause between two looks while an outlet settles
 * @param waitingMax requests that may wait for one switch, and operations that may wait for one outlet; more are refused
 * @param waitMax how long one of them waits
 * @param failuresMax after so many requests without an answer, one after the other, a switch is left alone
 * @param restPause how long it is left alone before it is tried again
 * @param commandTimeMax how long a command may run
 * @param gpioBase where the kernel shows GPIO lines, unless an option says where
 */
public record PowerSettings(
        Duration timeout,
        int retries,
        Duration settle,
        Duration cycleDelay,
        Duration pollPause,
        int waitingMax,
        Duration waitMax,
        int failuresMax,
        Duration restPause,
        Duration commandTimeMax,
        Path gpioBase) {

    public static final PowerSettings DEFAULTS = new PowerSettings(
            Duration.ofSeconds(2),
            2,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            64,
            Duration.ofSeconds(30),
            5,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Path.of("/sys/class/gpio"));

    public PowerSettings {
        if (retries < 0 || waitingMax < 1 || failuresMax < 1) {
            throw new IllegalArgumentException("retries may not be negative; waitingMax and failuresMax begin at 1");
        }
        for (Duration each : new Duration[] {timeout, settle, pollPause, waitMax, restPause, commandTimeMax}) {
            if (!each.isPositive()) {
                throw new IllegalArgumentException("times of power switches must be positive: " + each);
            }
        }
    }
}
