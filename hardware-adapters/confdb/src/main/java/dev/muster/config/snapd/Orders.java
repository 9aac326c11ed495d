package dev.muster.config.snapd;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends writes and waits until they can be read: whoever was answered finds what it wrote. */
final class Orders {

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    /** What a write takes that need not wait for its turn: who does not want to wait does want it written. */
    private static final Duration WRITING = Duration.ofSeconds(1);

    private final ConfdbPorts ports;
    private final ConfdbSettings settings;
    private final AtomicInteger inFlight = new AtomicInteger();

    Orders(ConfdbPorts ports, ConfdbSettings settings) {
        this.ports = ports;
        this.settings = settings;
    }

    /**
     * Sends a command and completes when it is durable and this node can read its effect.
     *
     * @param patience how long the client would wait, null when it did not say
     */
    Mono<Void> send(Visit visit, Object command, @Nullable Duration patience) {
        Duration longest = patience == null ? settings.commandTimeout() : patience.plus(WRITING);
        return Mono.defer(() -> {
            if (inFlight.incrementAndGet() > settings.writesInFlightMax()) {
                inFlight.decrementAndGet();
                return Mono.error(ConfdbFailure.tryAgain("Too many writes are under way."));
            }
            return Mono.fromFuture(
                            () -> ports.commands()
                                    .<Object>send(command, visit.guest().provenance()),
                            true)
                    .timeout(longest)
                    .then(Mono.defer(this::settled))
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
                    LOG.warn("A write is durable but was not readable within {}", settings.catchUpMax());
                    return Mono.empty();
                })
                // Those who wait are told by the one thread that reads the log for all: it must not write answers.
                .publishOn(Schedulers.parallel());
    }
}
