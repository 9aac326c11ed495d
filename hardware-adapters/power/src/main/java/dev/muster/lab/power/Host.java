package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A switch as it is met: asked one thing at a time, and left alone while it is dead. */
final class Host {

    private final String name;
    private final Lane lane;
    private final CircuitBreaker breaker;
    private volatile boolean answering = true;

    Host(String name, PowerSettings settings, ScheduledExecutorService loop) {
        this.name = name;
        this.lane = new Lane("the power switch " + name, settings.waitingMax(), settings.waitMax(), loop);
        this.breaker = new CircuitBreaker(settings.failuresMax(), settings.restPause(), System::nanoTime);
    }

    <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> request) {
        return breaker.lets() ? lane.run(() -> askNow(request)) : leftAlone();
    }

    /** The switch may have died while this request waited. */
    private <T> CompletableFuture<T> askNow(Supplier<CompletableFuture<T>> request) {
        return breaker.lets() ? request.get().whenComplete((_, failure) -> note(failure)) : leftAlone();
    }

    /** Only silence counts against a switch: one that says no is alive. */
    private void note(@Nullable Throwable failure) {
        boolean silent = failure != null && Failures.isA(failure, LabRefusal.POWER_TIMEOUT);
        if (silent) {
            breaker.failed();
        } else {
            breaker.succeeded();
        }
        answering = !silent && (failure == null || !Failures.isA(failure, LabRefusal.POWER_AUTH));
    }

    private <T> CompletableFuture<T> leftAlone() {
        return CompletableFuture.failedFuture(LabRefusal.POWER_TIMEOUT.because(
                "The power switch " + name + " did not answer several times and is left alone for a moment."));
    }

    boolean isReachable() {
        return answering && breaker.isClosed();
    }

    boolean isIdle() {
        return lane.isIdle() && isReachable();
    }
}
