package dev.muster.server.http;

import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ZeroCopyHttpOutputMessage;
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
 * bulk registration in a few hundred. Files still go from the disk straight to the socket.
 */
public final class OwnThreadResponse extends ServerHttpResponseDecorator implements ZeroCopyHttpOutputMessage {

    private final ZeroCopyHttpOutputMessage files;
    private final EventLoop loop;

    private OwnThreadResponse(ServerHttpResponse response, ZeroCopyHttpOutputMessage files, EventLoop loop) {
        super(response);
        this.files = files;
        this.loop = loop;
    }

    /** The response of a request that came over a connection; any other is left as it is. */
    public static ServerHttpResponse of(ServerHttpResponse response) {
        Object exchange = ServerHttpResponseDecorator.getNativeResponse(response);
        return exchange instanceof Connection connection && response instanceof ZeroCopyHttpOutputMessage files
                ? new OwnThreadResponse(response, files, connection.channel().eventLoop())
                : response;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return here(() -> super.writeWith(body instanceof Mono ? body : ended(body)));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return here(() -> super.writeAndFlushWith(ended(body)));
    }

    @Override
    public Mono<Void> writeWith(Path file, long position, long count) {
        return here(() -> files.writeWith(file, position, count));
    }

    @Override
    public Mono<Void> setComplete() {
        return here(super::setComplete);
    }

    /** The same, so that its end comes on the connection's thread wherever it was made. */
    private <T> Publisher<T> ended(Publisher<T> body) {
        return Flux.from(body).publishOn(Schedulers.fromExecutor(loop));
    }

    /** Begun only when it is asked for: some of these commit the answer as soon as they are called. */
    private Mono<Void> here(Supplier<Mono<Void>> finish) {
        return Mono.defer(
                () -> loop.inEventLoop() ? finish.get() : finish.get().subscribeOn(Schedulers.fromExecutor(loop)));
    }
}
