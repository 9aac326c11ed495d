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
    private final Sinks.One<CloseStatus> over = Sinks.one();

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

    /**
     * Completes when it is over and the WebSocket is closed. What is heard is listened to until then: to stop listening
     * would close it without a word of why.
     */
    Mono<Void> on(WebSocketSession socket) {
        Mono<Void> read = socket.receive()
                .map(TerminalTalk::word)
                .startWith(size(first))
                .concatMap(word -> heard(word).takeUntilOther(over.asMono()))
                .doOnComplete(() -> end(CloseStatus.NORMAL))
                .then()
                .onErrorResume(this::broken);
        Mono<Void> written = socket.send(output(socket))
                .doOnSuccess(all -> end(CloseStatus.NORMAL))
                .onErrorResume(this::broken)
                .then(over.asMono())
                .flatMap(socket::close);
        Mono<Void> judged = Flux.interval(JUDGED_EVERY)
                .onBackpressureDrop()
                .mapNotNull(tick -> noLonger())
                .doOnNext(this::end)
                .takeUntilOther(over.asMono())
                .then();
        return Mono.when(read, written, judged);
    }

    /** From any thread. */
    void end() {
        end(CloseStatus.GOING_AWAY);
    }

    /** The first reason is the one that counts. */
    private void end(CloseStatus why) {
        over.tryEmitValue(why);
    }

    private Mono<Void> broken(Throwable failure) {
        LOG.debug("A shell's WebSocket broke off", failure);
        end(ShellClose.broken(failure));
        return Mono.empty();
    }

    /** All of it before its end, however slowly that is taken; nothing more once there is another reason to end. */
    private Flux<WebSocketMessage> output(WebSocketSession socket) {
        Sinks.Empty<Void> last = Sinks.empty();
        Flux<WebSocketMessage> written = terminal.output()
                .onErrorResume(failure -> this.<byte[]>nothingAfter(failure))
                .map(bytes -> socket.binaryMessage(buffers -> buffers.wrap(bytes)))
                .doFinally(signal -> last.tryEmitEmpty());
        Flux<WebSocketMessage> pings = Flux.interval(PING_EVERY)
                .onBackpressureDrop()
                .map(tick -> socket.pingMessage(buffers -> buffers.wrap(new byte[0])))
                .takeUntilOther(last.asMono());
        return Flux.merge(written, pings).takeUntilOther(over.asMono());
    }

    private <T> Flux<T> nothingAfter(Throwable failure) {
        return broken(failure).thenMany(Flux.empty());
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
