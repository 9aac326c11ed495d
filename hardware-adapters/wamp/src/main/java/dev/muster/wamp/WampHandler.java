package dev.muster.wamp;

import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * The door to the router: WebSockets at one path and all below it. It stands in front of the web framework because it
 * takes connections over. Who comes in is the router's affair; here it is only whether they speak its language.
 */
public final class WampHandler implements HttpHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WampHandler.class);
    private static final String PROTOCOLS = "Sec-WebSocket-Protocol";

    private final Router router;
    private final WampSettings settings;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    public WampHandler(Router router, WampSettings settings) {
        this.router = router;
        this.settings = settings;
    }

    /** True for the path and all below it; agents have the path in their file, and it may be any of these. */
    public boolean serves(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        String own = settings.path();
        return path.startsWith(own) && (path.length() == own.length() || path.charAt(own.length()) == '/');
    }

    /** How many connections are open. */
    public int connections() {
        return connections.get();
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        HttpHeaders headers = request.getHeaders();
        if (!wantsWebSocket(headers)) {
            response.getHeaders().setUpgrade("websocket");
            return refused(response, HttpStatus.UPGRADE_REQUIRED, "Agents are spoken to through a WebSocket here.");
        }
        Codec codec = Codec.best(offered(headers));
        if (codec == null) {
            return refused(
                    response, HttpStatus.BAD_REQUEST, "This path speaks wamp.2.json, wamp.2.msgpack and wamp.2.cbor.");
        }
        if (connections.incrementAndGet() > settings.connectionsMax() || isClosed) {
            connections.decrementAndGet();
            return refused(response, HttpStatus.SERVICE_UNAVAILABLE, "There is no room at the moment; come again.");
        }
        return open(response, codec).onErrorResume(failure -> {
            if (!AbortedException.isConnectionReset(failure)) {
                LOG.debug("A connection of an agent could not begin", failure);
            }
            return Mono.empty();
        });
    }

    private static boolean wantsWebSocket(HttpHeaders headers) {
        return "websocket".equalsIgnoreCase(headers.getUpgrade())
                && headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase)
                && headers.getFirst("Sec-WebSocket-Key") != null;
    }

    private static List<String> offered(HttpHeaders headers) {
        return headers.getOrEmpty(PROTOCOLS).stream()
                .flatMap(each -> Arrays.stream(each.split(",")))
                .map(String::strip)
                .toList();
    }

    private Mono<Void> open(ServerHttpResponse response, Codec codec) {
        HttpServerResponse raw = ServerHttpResponseDecorator.getNativeResponse(response);
        // The one that was chosen and no other: netty would take the first of the client's that it knows. Pings are
        // answered by the socket itself, which thus hears that somebody is there.
        WebsocketServerSpec spec = WebsocketServerSpec.builder()
                .protocols(codec.protocol)
                .maxFramePayloadLength(Codec.BYTES_MAX)
                .handlePing(true)
                .compress(false)
                .build();
        // It ends when the protocol is switched; the talk goes on after that, and counts until its own end.
        AtomicBoolean hasBegun = new AtomicBoolean();
        // The framework's own headers first: after this the connection is out of its hands.
        return response.setComplete()
                .then(Mono.defer(() -> raw.sendWebsocket(
                        (in, out) -> {
                            hasBegun.set(true);
                            return talk(in, codec);
                        },
                        spec)))
                .doFinally(signal -> {
                    if (!hasBegun.get()) {
                        connections.decrementAndGet();
                    }
                });
    }

    private Publisher<Void> talk(WebsocketInbound in, Codec codec) {
        Channel[] channel = new Channel[1];
        in.withConnection(connection -> channel[0] = connection.channel());
        Socket socket = new Socket(router, settings, codec, channel[0]);
        sockets.add(socket);
        if (isClosed) {
            socket.end();
        }
        return socket.run(in.aggregateFrames(Codec.BYTES_MAX)).doFinally(signal -> {
            sockets.remove(socket);
            connections.decrementAndGet();
        });
    }

    private static Mono<Void> refused(ServerHttpResponse response, HttpStatus status, String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** Lets nobody in any longer; whoever is in is ended by the router, the rest here. */
    @Override
    public void close() {
        isClosed = true;
        router.close();
        router.loop().execute(() -> sockets.forEach(Socket::end));
    }
}
