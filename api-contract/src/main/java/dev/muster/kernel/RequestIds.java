package dev.muster.kernel;

import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Ids for what a request creates. With an {@code Idempotency-Key} the id follows from caller and key
 * ({@link Ids#named}), so a retry after an unknown outcome meets what the first attempt may have made; without one it
 * is fresh ({@link Ids#next}).
 */
public interface RequestIds {

    /** The id for the one thing this request creates; the same on every subscription of one keyed request. */
    Mono<UUID> next();
}
