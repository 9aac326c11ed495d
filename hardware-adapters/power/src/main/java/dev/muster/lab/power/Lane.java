package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thing at a time, in order, without a thread that waits. What waits is bounded in number and in time. */
final class Lane {

    private final String what;
    private final int waitingMax;
    private final Duration waitMax;
    private final ScheduledExecutorService loop;
    private final Deque<Ticket<?>> waiting = new ArrayDeque<>();
    private boolean busy;

    /** @param what of messages, like "switch poe:161" */
    Lane(String what, int waitingMax, Duration waitMax, ScheduledExecutorService loop) {
        this.what = what;
        this.waitingMax = waitingMax;
        this.waitMax = waitMax;
        this.loop = loop;
    }

    /** Runs it when everything before it is over. Fails with {@link LabRefusal#POWER_TIMEOUT} if it has to wait too long. */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> work) {
        Ticket<T> ticket = new Ticket<>(work);
        synchronized (this) {
            if (busy) {
                if (waiting.size() >= waitingMax) {
                    return CompletableFuture.failedFuture(
                            LabRefusal.POWER_TIMEOUT.because("Too much waits for " + what + "."));
                }
                ticket.timer = loop.schedule(() -> expire(ticket), waitMax.toNanos(), TimeUnit.NANOSECONDS);
                waiting.add(ticket);
                return ticket.result;
            }
            busy = true;
        }
        ticket.start();
        return ticket.result;
    }

    synchronized boolean isIdle() {
        return !busy;
    }

    private void expire(Ticket<?> ticket) {
        boolean found;
        synchronized (this) {
            found = waiting.remove(ticket);
        }
        if (found) {
            ticket.result.completeExceptionally(
                    LabRefusal.POWER_TIMEOUT.because("It waited " + waitMax.toSeconds() + " s for " + what + "."));
        }
    }

    private void next() {
        Ticket<?> ticket;
        synchronized (this) {
            ticket = waiting.poll();
            busy = ticket != null;
        }
        if (ticket != null) {
            ticket.begin();
        }
    }

    private final class Ticket<T> {

        final CompletableFuture<T> result = new CompletableFuture<>();
        private final Supplier<CompletableFuture<T>> work;

        @Nullable
        ScheduledFuture<?> timer;

        Ticket(Supplier<CompletableFuture<T>> work) {
            this.work = work;
        }

        /** On the loop, so that a long line does not become a deep stack. */
        void begin() {
            if (timer != null) {
                timer.cancel(false);
            }
            try {
                loop.execute(this::start);
            } catch (RejectedExecutionException e) {
                result.completeExceptionally(e);
            }
        }

        void start() {
            CompletableFuture<T> running;
            try {
                running = work.get();
            } catch (RuntimeException e) {
                running = CompletableFuture.failedFuture(e);
            }
            var _ = running.whenComplete((value, failure) -> {
                next();
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(Failures.unwrapped(failure));
                }
            });
        }
    }
}
