package dev.muster.kernel;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The one place that waits. Axon 4 ignores what an event handler returns: a returned Mono would never run and an
 * unawaited command would be lost when the token moves on. So every event handler waits here, on Axon's threads,
 * never longer than its limit. Nothing blocks anywhere else.
 */
public final class Await {

    /** The limit of an event handler's single effect. */
    public static final Duration HANDLER_WAIT_MAX = Duration.ofSeconds(30);

    private Await() {}

    public static <T> @Nullable T done(Mono<T> work) {
        return work.block(HANDLER_WAIT_MAX);
    }

    /** Waits and rethrows the cause itself when it is unchecked, so that a {@link Refused} arrives as one. */
    public static <T> T done(CompletionStage<T> work) {
        return done(work, HANDLER_WAIT_MAX);
    }

    public static <T> T done(CompletionStage<T> work, Duration waitMax) {
        try {
            return work.toCompletableFuture().get(waitMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done within " + waitMax, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
