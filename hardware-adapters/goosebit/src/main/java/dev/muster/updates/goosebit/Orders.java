package dev.muster.updates.goosebit;

import dev.muster.kernel.Refused;
import dev.muster.kernel.Room;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Sends orders within their limits, and lets answers wait for what they did. */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final GoosebitPorts ports;
    private final GoosebitSettings settings;
    private final Room inFlight;

    Orders(GoosebitPorts ports, GoosebitSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.inFlight = new Room(settings.ordersInFlightMax());
    }

    /** Sends and hands on the answer, empty when there is none. Refusals come through as they are. */
    <R> Mono<R> ask(Object command, Map<String, String> provenance) {
        return Mono.defer(() -> {
            if (!inFlight.take(1)) {
                return Mono.error(WireFailure.tryAgain("Too much is being changed at the moment."));
            }
            return Mono.fromFuture(this.<R>sent(command, provenance), true).timeout(settings.orderTimeout());
        });
    }

    private <R> CompletableFuture<R> sent(Object command, Map<String, String> provenance) {
        CompletableFuture<R> future;
        try {
            future = ports.commands().send(command, provenance);
        } catch (RuntimeException e) {
            future = CompletableFuture.failedFuture(e);
        }
        return future.whenComplete((answer, failure) -> inFlight.giveBack(1));
    }

    /** Sends for its effect alone. */
    Mono<Void> tell(Object command, Map<String, String> provenance) {
        return ask(command, provenance).then();
    }

    /** As {@link #tell}, but a failure is only noted: what was asked for does not depend on it. */
    Mono<Void> mention(Object command, Map<String, String> provenance) {
        return tell(command, provenance).onErrorResume(failure -> {
            if (Refused.in(failure).isEmpty()) {
                LOG.debug("not recorded: {}", command, failure);
            }
            return Mono.empty();
        });
    }

    /** Completes when what was ordered so far can be read here. */
    Mono<Void> settled() {
        return ports.positions().settled(settings.settleMax());
    }
}
