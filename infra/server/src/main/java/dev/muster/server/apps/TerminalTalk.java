package dev.muster.server.apps;

import dev.muster.apps.AgentLink.TerminalSession;
import dev.muster.identity.Permission;
import dev.muster.kernel.Refused;
import dev.muster.server.security.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What goes on between a shell and a WebSocket, until one of them ends or its owner may no longer. */
final class TerminalTalk {

    private static final Logger LOG = LoggerFactory.getLogger(TerminalTalk.class);
    /** How often it is asked whether whoever opened it still may. */
    private static final Duration JUDGED_EVERY = Duration.ofSeconds(3);
    /** Proxies take silence for an end. */
    private static final Duration PING_EVERY = Duration.ofSeconds(20);

    private final TerminalSession terminal;
    private final @Nullable ScreenSize first;
    private final Standing standing;
    private final Sinks.Empty<Void> ending = Sinks.empty();

    /** @param first how large the screen is at the start, null when that is said later */
    TerminalTalk(TerminalSession terminal, @Nullable ScreenSize first, Standing standing) {
        this.terminal = terminal;
        this.first = first;
        this.standing = standing;
    }

    /** What somebody at the WebSocket says. */
    private sealed interface Word {

        record Input(String text) implements Word {}

        record Size(ScreenSize size) implements Word {}

        /** Of which nothing follows. */
        record Nothing() implements Word {}
    }

    /** Completes when it is over and the WebSocket is closed. */
    Mono<Void> on(WebSocketSession socket) {
        Mono<CloseStatus> shown = socket.send(output(socket)).thenReturn(CloseStatus.NORMAL);
        Mono<CloseStatus> left = socket.receive()
                .map(TerminalTalk::word)
                .startWith(size(first))
                .concatMap(this::heard)
                .then(Mono.just(CloseStatus.NORMAL));
        Mono<CloseStatus> judged = Flux.interval(JUDGED_EVERY)
                .onBackpressureDrop()
                .mapNotNull(tick -> noLonger())
                .next();
        Mono<CloseStatus> stopped = ending.asMono().thenReturn(CloseStatus.GOING_AWAY);
        return Mono.firstWithSignal(shown, left, judged, stopped)
                .onErrorResume(failure -> {
                    LOG.debug("A shell's WebSocket broke off", failure);
                    return Mono.just(ShellClose.broken(failure));
                })
                .flatMap(socket::close);
    }

    /** From any thread. */
    void end() {
        ending.tryEmitEmpty();
    }

    private Flux<WebSocketMessage> output(WebSocketSession socket) {
        Sinks.Empty<Void> over = Sinks.empty();
        Flux<WebSocketMessage> written = terminal.output()
                .map(bytes -> socket.binaryMessage(buffers -> buffers.wrap(bytes)))
                .doFinally(signal -> over.tryEmitEmpty());
        Flux<WebSocketMessage> pings = Flux.interval(PING_EVERY)
                .onBackpressureDrop()
                .map(tick -> socket.pingMessage(buffers -> buffers.wrap(new byte[0])))
                .takeUntilOther(over.asMono());
        return Flux.merge(written, pings);
    }

    private @Nullable CloseStatus noLonger() {
        var who = standing.now();
        if (who.isEmpty()) {
            return ShellClose.NOT_SIGNED_IN;
        }
        return who.get().permissions().contains(Permission.APPS_SHELL) ? null : ShellClose.NOT_ALLOWED;
    }

    /** Read at once: what a message is made of is given back after this. */
    private static Word word(WebSocketMessage message) {
        return switch (message.getType()) {
            case BINARY -> new Word.Input(text(message.getPayload()));
            case TEXT -> size(ScreenSize.in(message.getPayloadAsText()));
            case PING, PONG -> new Word.Nothing();
        };
    }

    private static String text(DataBuffer buffer) {
        return buffer.toString(StandardCharsets.UTF_8);
    }

    private static Word size(@Nullable ScreenSize size) {
        return size == null ? new Word.Nothing() : new Word.Size(size);
    }

    private Mono<Void> heard(Word word) {
        return switch (word) {
            case Word.Input input -> terminal.write(input.text());
            // An agent that cannot do that is no reason to end a shell.
            case Word.Size(ScreenSize size) ->
                terminal.resize(size.rows(), size.columns())
                        .onErrorResume(failure -> Refused.in(failure).isPresent(), failure -> Mono.empty());
            case Word.Nothing ignored -> Mono.empty();
        };
    }
}
