package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends changes and waits until they can be read: whoever was answered finds what it did. */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final CosPorts ports;
    private final CosSettings settings;
    private final AtomicInteger inFlight = new AtomicInteger();

    Orders(CosPorts ports, CosSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    /** Sends a command and completes when its effect can be read. */
    Mono<Void> send(Object command, Map<String, String> provenance) {
        return bounded(Mono.fromFuture(() -> ports.commands().<Object>send(command, provenance), true)
                .then(Mono.defer(this::settled)));
    }

    /** One change among a bounded number, in bounded time. */
    <T> Mono<T> bounded(Mono<T> change) {
        return Mono.defer(() -> {
            if (inFlight.incrementAndGet() > settings.writesInFlightMax()) {
                inFlight.decrementAndGet();
                return Mono.error(CosFailure.tryAgain("Too many changes are under way."));
            }
            return change.timeout(settings.commandTimeout()).doFinally(end -> inFlight.decrementAndGet());
        });
    }

    /** What is durable is done, even if this node is slow to show it. */
    private Mono<Void> settled() {
        long committed = ports.positions().committed();
        if (ports.positions().folded() >= committed) {
            return Mono.empty();
        }
        return ports.positions()
                .folded(committed, settings.catchUpMax())
                .onErrorResume(late -> {
                    LOG.warn("A change is durable but was not readable within {}", settings.catchUpMax());
                    return Mono.empty();
                })
                // Those who wait are told by the one thread that reads the log for all: it must not write answers.
                .publishOn(Schedulers.parallel());
    }

    /** The refusal in a failure, when it is this one. */
    static Optional<Refusal> refusal(Throwable failure, RefusalCode code) {
        return Refused.in(failure).filter(refusal -> refusal.code().equals(code.code()));
    }
}
