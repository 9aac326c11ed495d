package dev.muster.server.http;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Finishes answers on their connection's own thread. Reactor Netty 1.3.7 can forget to read on when an answer is
 * finished elsewhere, as after a command, and the next request comes before that finish is noticed (its issue 4361):
 * a kept-alive connection would hang for ever. To be dropped with a Reactor Netty that has the mending.
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
        return Mono.defer(() -> here(super.writeWith(body)));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return Mono.defer(() -> here(super.writeAndFlushWith(body)));
    }

    @Override
    public Mono<Void> setComplete() {
        return Mono.defer(() -> here(super.setComplete()));
    }

    private Mono<Void> here(Mono<Void> finish) {
        return loop == null || loop.inEventLoop() ? finish : finish.subscribeOn(Schedulers.fromExecutor(loop));
    }
}
