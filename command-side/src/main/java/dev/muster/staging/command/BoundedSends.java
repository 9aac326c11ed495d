package dev.muster.staging.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sends one command per item with a bounded number in flight, and waits for all of them. */
public final class BoundedSends {

    public static final int IN_FLIGHT_MAX = 256;
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    private BoundedSends() {}

    /** Failures of single items go to {@code onFailure}, from any thread; they do not stop the others. */
    public static <I> void each(List<I> items, Function<I, CompletableFuture<?>> send, Consumer<Throwable> onFailure) {
        each(items, IN_FLIGHT_MAX, send, onFailure);
    }

    private static <I> void each(
            List<I> items, int inFlightMax, Function<I, CompletableFuture<?>> send, Consumer<Throwable> onFailure) {
        Semaphore room = new Semaphore(inFlightMax);
        for (I item : items) {
            take(room, 1);
            sent(item, send).whenComplete((answer, failure) -> {
                try {
                    if (failure != null) {
                        onFailure.accept(failure);
                    }
                } finally {
                    room.release();
                }
            });
        }
        take(room, inFlightMax);
    }

    /** Any failure is thrown, as the cause of {@code otherwise}, when all have answered. */
    public static <I> void all(List<I> items, Function<I, CompletableFuture<?>> send, String otherwise) {
        all(items, IN_FLIGHT_MAX, send, otherwise);
    }

    /** The same for items that are larger than one command: {@code inFlightMax} of them at once. */
    public static <I> void all(
            List<I> items, int inFlightMax, Function<I, CompletableFuture<?>> send, String otherwise) {
        all(items, inFlightMax, send, failure -> false, otherwise);
    }

    /**
     * A failure that is an item's own is let go; any other is thrown when all have answered, so that whoever asked does it
     * all once more.
     *
     * @param isItsOwn asked on any thread
     * @param otherwise what is said then, with the last such failure as the cause of an {@link IllegalStateException}
     */
    public static <I> void all(
            List<I> items, Function<I, CompletableFuture<?>> send, Predicate<Throwable> isItsOwn, String otherwise) {
        all(items, IN_FLIGHT_MAX, send, isItsOwn, otherwise);
    }

    private static <I> void all(
            List<I> items,
            int inFlightMax,
            Function<I, CompletableFuture<?>> send,
            Predicate<Throwable> isItsOwn,
            String otherwise) {
        AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
        each(items, inFlightMax, send, failure -> {
            if (!isItsOwn.test(failure)) {
                broken.set(failure);
            }
        });
        if (broken.get() != null) {
            throw new IllegalStateException(otherwise, broken.get());
        }
    }

    private static <I> CompletableFuture<?> sent(I item, Function<I, CompletableFuture<?>> send) {
        try {
            return send.apply(item);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void take(Semaphore room, int places) {
        try {
            if (!room.tryAcquire(places, WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("no answer within " + WAIT_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
