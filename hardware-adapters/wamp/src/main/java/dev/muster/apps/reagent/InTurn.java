package dev.muster.apps.reagent;

import dev.muster.registry.DeviceId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

/** Work that is done one after the other for each device, in the order in which it was begun. */
final class InTurn {

    /** The end of the last work of each device that has any. */
    private final Map<DeviceId, Sinks.Empty<Void>> last = new ConcurrentHashMap<>();

    <T> Mono<T> after(DeviceId device, Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> done = Sinks.empty();
            Sinks.Empty<Void> previous = last.put(device, done);
            Mono<Void> before = previous == null ? Mono.empty() : previous.asMono();
            return before.then(work).doFinally(signal -> {
                if (signal == SignalType.CANCEL) {
                    // Whoever gave up does not let others pass those who were before.
                    before.subscribe(nothing -> {}, failure -> {}, () -> over(device, done));
                } else {
                    over(device, done);
                }
            });
        });
    }

    private void over(DeviceId device, Sinks.Empty<Void> done) {
        last.remove(device, done);
        done.tryEmitEmpty();
    }

    /** Devices for which something is being done, for tests. */
    int busy() {
        return last.size();
    }
}
