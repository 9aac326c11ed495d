package dev.muster.kernel;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** How far this node has read the log, for reading what one just wrote. */
public interface Positions {

    /** The position of the newest durable event, -1 when there is none. */
    long committed();

    /** Up to which position every {@link Fold} of this node has been applied, -1 at the start. */
    long folded();

    /**
     * Completes when every fold has seen {@code position}; at once if that is already so.
     * Fails with {@link KernelRefusal#NOT_CAUGHT_UP} after {@code waitMax}.
     */
    Mono<Void> folded(long position, Duration waitMax);

    /** The same for the views in the view store: completes when every projection has passed {@code position}. */
    Mono<Void> viewed(long position, Duration waitMax);

    /** Folds have seen everything that was durable when this was called: a linearizable read of the fleet. */
    default Mono<Void> caughtUp(Duration waitMax) {
        return Mono.defer(() -> folded(committed(), waitMax));
    }

    /**
     * After a command: completes when its effect can be read here. Never fails, for what is durable is done, even if
     * this node is slow to show it. Completed away from the thread that reads the log.
     */
    default Mono<Void> settled(Duration waitMax) {
        return Mono.defer(() -> Settled.of(this, waitMax));
    }
}
