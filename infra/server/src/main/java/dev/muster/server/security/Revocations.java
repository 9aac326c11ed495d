package dev.muster.server.security;

import java.time.Duration;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Ends open streams whose reader has lost the right to read: signed out, disabled, erased, demoted, token revoked or
 * expired. One clock ticks for all of them; requests that are answered at once never subscribe to it.
 */
public final class Revocations {

    private final Flux<Long> ticks;

    /** @param interval at most this long after a right is lost its streams end */
    public Revocations(Duration interval) {
        this.ticks = Flux.interval(interval, Schedulers.parallel())
                .onBackpressureDrop()
                .share();
    }

    /** A response whose streamed body ends with the right to read it. */
    ServerHttpResponse guarding(ServerHttpResponse response, Signed signed, Supplier<RouteRule> rule) {
        return new ServerHttpResponseDecorator(response) {
            @Override
            public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
                Mono<Long> lost = ticks.onBackpressureDrop()
                        .filter(tick -> !signed.stillMay(rule.get()))
                        .next();
                return super.writeAndFlushWith(Flux.from(body).takeUntilOther(lost));
            }
        };
    }
}
