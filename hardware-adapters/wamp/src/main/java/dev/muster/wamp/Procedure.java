package dev.muster.wamp;

import reactor.core.publisher.Mono;

/**
 * Answers calls in this process. What it throws as a {@link WampFailure} is told to the caller, everything else is only
 * logged. It is called on threads that must not wait; when the caller does not want the answer any longer, the
 * subscription is cancelled.
 */
@FunctionalInterface
public interface Procedure {

    /** Nothing is an answer without arguments. */
    Mono<Payload> invoke(Invoked call);
}
