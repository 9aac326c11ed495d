package dev.muster.config.snapd;

import dev.muster.kernel.Room;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sends writes and waits until they can be read: whoever was answered finds what it wrote. */
final class Orders {

    /** What a write takes that need not wait for its turn: who does not want to wait does want it written. */
    private static final Duration WRITING = Duration.ofSeconds(1);

    private final ConfdbPorts ports;
    private final ConfdbSettings settings;
    private final Room underWay;

    Orders(ConfdbPorts ports, ConfdbSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.underWay = new Room(settings.writesInFlightMax());
    }

    /**
     * Sends a command and completes when it is durable and this node can read its effect.
     *
     * @param patience how long the client would wait, null when it did not say
     */
    Mono<Void> send(Visit visit, Object command, @Nullable Duration patience) {
        Duration longest = patience == null ? settings.commandTimeout() : patience.plus(WRITING);
        return Mono.defer(() -> {
            if (!underWay.take(1)) {
                return Mono.error(ConfdbFailure.tryAgain("Too many writes are under way."));
            }
            return Mono.fromFuture(
                            () -> ports.commands()
                                    .<Object>send(command, visit.guest().provenance()),
                            true)
                    .timeout(longest)
                    .then(ports.positions().settled(settings.catchUpMax()))
                    .doFinally(end -> underWay.giveBack(1));
        });
    }
}
