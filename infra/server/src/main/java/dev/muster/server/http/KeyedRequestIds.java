package dev.muster.server.http;

import dev.muster.identity.Caller;
import dev.muster.kernel.Ids;
import dev.muster.kernel.RequestIds;
import dev.muster.kernel.RequestKey;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Reads the key that {@link IdempotencyFilter} left in the context; see {@link RequestIds} for what follows from it. */
public final class KeyedRequestIds implements RequestIds {

    private final Clock clock;

    public KeyedRequestIds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Mono<UUID> next() {
        return Mono.deferContextual(context -> {
            Optional<Caller> caller = context.getOrEmpty(Caller.class);
            Optional<RequestKey> key = context.getOrEmpty(RequestKey.class);
            return Mono.just(
                    caller.isPresent() && key.isPresent()
                            ? Ids.named(caller.get().actor(), key.get().value())
                            : Ids.next(clock));
        });
    }
}
