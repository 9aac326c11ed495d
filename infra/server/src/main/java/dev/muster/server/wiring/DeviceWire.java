package dev.muster.server.wiring;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A protocol of devices, with manners and an authentication of its own, in front of the web framework. Not an
 * HttpHandler: as the only one of the context it would be taken for the whole server.
 */
interface DeviceWire {

    /** Whether a request is meant for this protocol; by its path alone. */
    boolean serves(ServerHttpRequest request);

    /** Answers a request that this wire serves, also when that fails. */
    Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response);
}
