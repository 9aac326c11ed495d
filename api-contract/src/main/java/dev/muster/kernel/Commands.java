package dev.muster.kernel;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** Orders, sent with who gives them. A completed answer means that what it did is durable. */
public interface Commands {

    /** Sends with the provenance of the request at hand (Reactor context key {@link Provenance}). Fails with {@link Refused}. */
    <R> Mono<R> send(Object command);

    /** Sends on behalf of {@code provenance}, keys in {@link Provenance}; for adapters and policies. */
    <R> CompletableFuture<R> send(Object command, Map<String, String> provenance);
}
