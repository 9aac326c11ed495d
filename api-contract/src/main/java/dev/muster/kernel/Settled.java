package dev.muster.kernel;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** That whoever was answered finds what they did: what comes between a command that is done and its answer. */
final class Settled {

    private static final Logger LOG = LoggerFactory.getLogger(Settled.class);

    private Settled() {}

    static Mono<Void> of(Positions positions, Duration waitMax) {
        long committed = positions.committed();
        if (positions.folded() >= committed) {
            return Mono.empty();
        }
        return positions
                .folded(committed, waitMax)
                .onErrorResume(late -> {
                    LOG.warn("A change is durable but was not readable within {}", waitMax);
                    return Mono.empty();
                })
                // Those who wait are told by the one thread that reads the log for all: it must not write answers.
                .publishOn(Schedulers.parallel());
    }
}
