package dev.muster.server.http;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Finishes answers on their connection's own thread. When an answer is finished elsewhere, as after a command, the next
 * request can come before that finish is noticed; Reactor Netty puts it aside then and can forget to read on (its
 * issues 4361 and 4347, the second open in 1.3.8): a kept-alive connection would hang for ever. Seen with 1.3.8 as one
 * bulk registration in a few hundred.
 */
public final class OwnThreadResponse extends ServerHttpResponseDecorator {

    private final @Nullable EventLoop loop;

    public OwnThreadResponse(ServerHttpResponse response) {
        super(response);
        Object exchange = ServerHttpResponseDecorator.getNativeResponse(response);
        this.loop =
                exchange instanceof Connection connection ? connection.channel().eventLoop() : null;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return Mono.defer(() -> here(super.writeWith(body instanceof Mono ? body : ended(body))));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return Mono.defer(() -> here(super.writeAndFlushWith(ended(body))));
    }

    @Override
    public Mono<Void> setComplete() {
        return Mono.defer(() -> here(super.setComplete()));
    }

    /** The same, so that its end comes on the connection's thread wherever it was made. */
    private <T> Publisher<T> ended(Publisher<T> body) {
        return loop == null ? body : Flux.from(body).publishOn(Schedulers.fromExecutor(loop));
    }

    private Mono<Void> here(Mono<Void> finish) {
        return loop == null || loop.inEventLoop() ? finish : finish.subscribeOn(Schedulers.fromExecutor(loop));
    }
}
