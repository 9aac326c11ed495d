package dev.muster.config.poc;

import dev.muster.kernel.Room;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Sends changes and waits until they can be read: whoever was answered finds what it did. */
final class Orders {

    private final PocPorts ports;
    private final PocSettings settings;
    private final Room underWay;

    Orders(PocPorts ports, PocSettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.underWay = new Room(settings.writesInFlightMax());
    }

    /** Sends a command and gives its answer, a version, when its effect can be read. One among a bounded number. */
    Mono<Long> send(Object command, Map<String, String> provenance) {
        return Mono.defer(() -> {
            if (!underWay.take(1)) {
                return Mono.error(PocFailure.tryAgain("Too many changes are under way."));
            }
            return Mono.fromFuture(() -> ports.commands().<Long>send(command, provenance), true)
                    .timeout(settings.commandTimeout())
                    .flatMap(version ->
                            ports.positions().settled(settings.catchUpMax()).thenReturn(version))
                    .doFinally(end -> underWay.giveBack(1));
        });
    }
}
