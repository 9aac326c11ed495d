package dev.muster.updates.command;

import dev.muster.kernel.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sends one command per item with a bounded number in flight, and waits for all of them. */
final class BoundedSends {

    static final int IN_FLIGHT_MAX = 256;
    private static final Duration ALL_WAIT_MAX = Duration.ofMinutes(10);

    private BoundedSends() {}

    /** Failures of single items go to {@code onFailure}; they do not stop the others. */
    static <I> void each(List<I> items, Function<I, CompletableFuture<?>> send, Consumer<Throwable> onFailure) {
        Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
        List<CompletableFuture<?>> last = new ArrayList<>();
        for (I item : items) {
            inFlight.acquireUninterruptibly();
            CompletableFuture<?> done = send.apply(item).handle((answer, failure) -> {
                inFlight.release();
                if (failure != null) {
                    onFailure.accept(failure);
                }
                return answer;
            });
            if (last.size() == IN_FLIGHT_MAX) {
                last.removeIf(CompletableFuture::isDone);
            }
            last.add(done);
        }
        Await.done(CompletableFuture.allOf(last.toArray(new CompletableFuture<?>[0])), ALL_WAIT_MAX);
    }
}
