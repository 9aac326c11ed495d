package dev.muster.updates.ddi;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Answers are finished on their connection's own thread. Reactor Netty 1.3.7 can forget to read on when an answer is
 * finished elsewhere and the device's next request comes before that finish is noticed (its issue 4361): the
 * connection would hang for ever.
 */
final class OwnThread {

    private OwnThread() {}

    static Mono<Void> finish(ServerHttpResponse response, Mono<Void> answer) {
        EventLoop loop = loop(response);
        return loop == null || loop.inEventLoop() ? answer : answer.subscribeOn(Schedulers.fromExecutor(loop));
    }

    private static @Nullable EventLoop loop(ServerHttpResponse response) {
        Object exchange = ServerHttpResponseDecorator.getNativeResponse(response);
        return exchange instanceof Connection connection ? connection.channel().eventLoop() : null;
    }
}
