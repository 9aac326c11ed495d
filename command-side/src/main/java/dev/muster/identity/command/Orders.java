package dev.muster.identity.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Refused;
import java.time.Duration;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Sends commands of identity and waits until {@link Accounts} knows the outcome, so that the next request meets it. */
final class Orders {

    private static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final Positions positions;

    Orders(Commands commands, Positions positions) {
        this.commands = commands;
        this.positions = positions;
    }

    /** @param provenance who orders this, keys in {@link dev.muster.kernel.Provenance} */
    Mono<Void> send(Object command, Map<String, String> provenance) {
        return Mono.defer(() -> Mono.fromFuture(commands.<Object>send(command, provenance), true))
                .then(settled());
    }

    /** The accounts have seen all that was decided so far; fails when they do not manage in time. */
    Mono<Void> caughtUp() {
        return positions.caughtUp(WAIT_MAX);
    }

    /** The command is durable already; a fold that lags is no reason to report a failure. */
    private Mono<Void> settled() {
        return caughtUp().onErrorComplete(Refused.class);
    }
}
