package dev.muster.updates.ddi;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * Answers are finished on their connection's own thread. When one is finished elsewhere, the device's next request can
 * come before that finish is noticed; Reactor Netty puts it aside then and can forget to read on (its issues 4361 and
 * 4347, the second open in 1.3.8): the connection would hang for ever.
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
