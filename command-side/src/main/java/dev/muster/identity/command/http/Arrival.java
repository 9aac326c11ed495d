package dev.muster.identity.command.http;

import dev.muster.kernel.Provenance;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What is known of a request before anyone has signed in: its provenance stands in the context under that class. */
record Arrival(Map<String, String> provenance) {

    static Mono<Arrival> current() {
        return Mono.deferContextual(context -> {
            Map<String, String> known =
                    context.<Map<String, String>>getOrEmpty(Provenance.class).orElse(Map.of());
            return Mono.just(new Arrival(known));
        });
    }

    @Nullable
    String address() {
        return provenance.get(Provenance.ADDRESS);
    }
}
