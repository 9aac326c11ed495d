package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.kernel.Room;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Sends changes and waits until they can be read: whoever was answered finds what it did. */
final class Orders {

    private final CosPorts ports;
    private final CosSettings settings;
    private final Room underWay;

    Orders(CosPorts ports, CosSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.underWay = new Room(settings.writesInFlightMax());
    }

    /** Sends a command and completes when its effect can be read. */
    Mono<Void> send(Object command, Map<String, String> provenance) {
        return bounded(Mono.fromFuture(() -> ports.commands().<Object>send(command, provenance), true)
                .then(ports.positions().settled(settings.catchUpMax())));
    }

    /** One change among a bounded number, in bounded time. */
    <T> Mono<T> bounded(Mono<T> change) {
        return Mono.defer(() -> {
            if (!underWay.take(1)) {
                return Mono.error(CosFailure.tryAgain("Too many changes are under way."));
            }
            return change.timeout(settings.commandTimeout()).doFinally(end -> underWay.giveBack(1));
        });
    }

    /** The refusal in a failure, when it is this one. */
    static Optional<Refusal> refusal(Throwable failure, RefusalCode code) {
        return Refused.in(failure).filter(refusal -> refusal.code().equals(code.code()));
    }
}
