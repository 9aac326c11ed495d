package dev.muster.config.poc;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends changes and waits until they can be read: whoever was answered finds what it did. */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    private final PocPorts ports;
    private final PocSettings settings;
    private final AtomicInteger inFlight = new AtomicInteger();

    Orders(PocPorts ports, PocSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    /** Sends a command and gives its answer, a version, when its effect can be read. One among a bounded number. */
    Mono<Long> send(Object command, Map<String, String> provenance) {
        return Mono.defer(() -> {
            if (inFlight.incrementAndGet() > settings.writesInFlightMax()) {
                inFlight.decrementAndGet();
                return Mono.error(PocFailure.tryAgain("Too many changes are under way."));
            }
            return Mono.fromFuture(() -> ports.commands().<Long>send(command, provenance), true)
                    .timeout(settings.commandTimeout())
                    .flatMap(version -> settled().thenReturn(version))
                    .doFinally(end -> inFlight.decrementAndGet());
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
}
