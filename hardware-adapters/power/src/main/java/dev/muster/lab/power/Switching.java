package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What on, off and cycle are, over any outlet: order, then look until it reads so. An order is believed only when it was
 * read back: an outlet that ends up the other way is a fault, one that says neither is unknown. Waits are timers.
 */
final class Switching {

    private final ScheduledExecutorService loop;
    private final Duration pollPause;

    Switching(ScheduledExecutorService loop, Duration pollPause) {
        this.loop = loop;
        this.pollPause = pollPause;
    }

    CompletableFuture<Power> order(Outlet outlet, PowerAction action) {
        return switch (action) {
            case ON -> turn(outlet, true);
            case OFF -> turn(outlet, false);
            case CYCLE -> cycle(outlet);
        };
    }

    private CompletableFuture<Power> turn(Outlet outlet, boolean on) {
        CompletableFuture<Void> ordered = outlet.turn(on);
        if (!outlet.manner().verify()) {
            return ordered.thenApply(_ -> Power.UNKNOWN);
        }
        long deadline = System.nanoTime() + outlet.manner().settle().toNanos();
        return ordered.thenCompose(_ -> settled(outlet, Power.of(on), deadline));
    }

    /** Turning it on again is left to whoever decides, when it cannot be told that it was ever off. */
    private CompletableFuture<Power> cycle(Outlet outlet) {
        return turn(outlet, false).thenCompose(off -> {
            if (off == Power.UNKNOWN && outlet.manner().verify()) {
                throw LabRefusal.POWER_FAULT.because(
                        "Outlet " + outlet.id() + " does not say that it went off, so it was not turned on again.");
            }
            return pause(outlet.manner().cycleDelay()).thenCompose(_ -> turn(outlet, true));
        });
    }

    private CompletableFuture<Power> settled(Outlet outlet, Power wanted, long deadline) {
        return outlet.read().thenCompose(power -> {
            if (power == wanted) {
                return wanted == Power.ON
                        ? outlet.checkLoad().thenApply(_ -> power)
                        : CompletableFuture.completedFuture(power);
            }
            if (System.nanoTime() - deadline < 0) {
                return pause(pollPause).thenCompose(_ -> settled(outlet, wanted, deadline));
            }
            if (power == Power.UNKNOWN) {
                return CompletableFuture.completedFuture(power);
            }
            throw LabRefusal.POWER_FAULT.because("Outlet " + outlet.id() + " is still " + power.wireName()
                    + " although it was turned " + wanted.wireName() + ".");
        });
    }

    private CompletableFuture<Void> pause(Duration time) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        var _ = loop.schedule(() -> over.complete(null), time.toNanos(), TimeUnit.NANOSECONDS);
        return over;
    }
}
