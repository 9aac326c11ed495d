package dev.muster.lab.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;

/** Turns requests into WebSockets (RFC 6455 §4.2), past the web framework: this house stands in front of it. */
final class Upgrades {

    /** Of one frame, and of one message that is wanted whole. */
    private static final int BYTES_MAX = 1 << 20;

    private static final String PROTOCOLS = "Sec-WebSocket-Protocol";

    private final Duration pingInterval;

    Upgrades(BitelabSettings settings) {
        this.pingInterval = settings.channels().pingInterval();
    }

    /** Refuses with 426 what is no wish for a WebSocket; with 400 one that does not speak what is spoken here. */
    static void check(Visit visit, @Nullable String protocol) {
        HttpHeaders headers = visit.headers;
        boolean wanted = "websocket".equalsIgnoreCase(headers.getUpgrade())
                && headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase)
                && headers.getFirst("Sec-WebSocket-Key") != null;
        if (!wanted) {
            throw WireFailure.upgradeRequired();
        }
        boolean spoken = protocol == null
                || headers.getOrEmpty(PROTOCOLS).stream()
                        .flatMap(each -> Arrays.stream(each.split(",")))
                        .anyMatch(each -> each.strip().equals(protocol));
        if (!spoken) {
            throw WireFailure.badValue("This path speaks the WebSocket subprotocol '" + protocol + "'.");
        }
    }

    /**
     * Completes when the connection is a WebSocket; the talk goes on after that.
     *
     * @param wholeMessages whether messages are put together before the talk hears them
     * @param left called once, when the talk is over or when there was none
     */
    Mono<Void> open(
            Visit visit, @Nullable String protocol, boolean wholeMessages, Function<Wire, Talk> talks, Runnable left) {
        AtomicBoolean hasBegun = new AtomicBoolean();
        HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(visit.response);
        WebsocketServerSpec.Builder spec = WebsocketServerSpec.builder().maxFramePayloadLength(BYTES_MAX);
        if (protocol != null) {
            spec.protocols(protocol);
        }
        // The framework's own headers first: after this the connection is out of its hands.
        return visit.response
                .setComplete()
                .then(Mono.defer(() -> response.sendWebsocket(
                        (in, out) -> {
                            hasBegun.set(true);
                            return talk(in, wholeMessages, talks, left);
                        },
                        spec.build())))
                .doFinally(signal -> {
                    if (!hasBegun.get()) {
                        left.run();
                    }
                });
    }

    private Publisher<Void> talk(
            WebsocketInbound in, boolean wholeMessages, Function<Wire, Talk> talks, Runnable left) {
        Wire[] wire = new Wire[1];
        in.withConnection(connection -> wire[0] = new Wire(connection.channel()));
        WebsocketInbound heard = wholeMessages ? in.aggregateFrames(BYTES_MAX) : in;
        return wire[0].run(talks.apply(wire[0]), heard, pingInterval).doFinally(signal -> left.run());
    }
}
