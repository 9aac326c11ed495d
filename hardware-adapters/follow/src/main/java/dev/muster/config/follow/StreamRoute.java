package dev.muster.config.follow;

import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.config.follow.Followers.Hint;
import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;

/**
 * A wish as a stream of server-sent events: {@code id} is its tag, {@code data} what a poll would get. A reader that is
 * slow gets the latest, never a queue of what was. Before anything is told, and with each heartbeat, the reader's right is
 * looked at again. Who cannot follow at all is answered with the reason, and no stream begins.
 */
final class StreamRoute {

    private static final Logger LOG = LoggerFactory.getLogger(StreamRoute.class);
    private static final byte[] HELLO = ": following\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final Wishes wishes;
    private final Trust trust;
    private final Bodies bodies;
    private final Followers followers;
    private final FollowSettings settings;
    private final Scheduler scheduler;

    StreamRoute(
            FollowPorts ports,
            Trust trust,
            Bodies bodies,
            Followers followers,
            FollowSettings settings,
            Scheduler scheduler) {
        this.wishes = ports.wishes();
        this.trust = trust;
        this.bodies = bodies;
        this.followers = followers;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    Mono<Void> stream(Visit visit) {
        HttpHeaders headers = visit.response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        // A proxy that gathers answers would keep the news to itself.
        headers.set("X-Accel-Buffering", "no");
        String last = visit.headers.getFirst("Last-Event-ID");
        AtomicReference<String> told = new AtomicReference<>(last == null ? "" : last);
        AtomicBoolean begun = new AtomicBoolean();
        Flux<Hint> beats = Flux.interval(settings.heartbeat(), scheduler)
                .onBackpressureDrop()
                .map(tick -> Hint.BEAT);
        Flux<DataBuffer> frames = Flux.merge(followers.hints(visit.registry, visit.device), beats)
                .takeUntilOther(followers.over())
                .onBackpressureLatest()
                .concatMap(hint -> frames(begun, frame(visit, told, hint)), 1)
                // Who cannot even begin is told why, with a status of its own.
                .onErrorResume(failure -> begun.get() ? ended(failure) : Flux.error(failure))
                .map(visit.response.bufferFactory()::wrap);
        return visit.response.writeAndFlushWith(frames.map(Mono::just));
    }

    /** The first hint comes at once, or instead of it a no. */
    private static Flux<byte[]> frames(AtomicBoolean begun, Mono<byte[]> frame) {
        return begun.getAndSet(true) ? frame.flux() : frame.flux().startWith(HELLO);
    }

    private Mono<byte[]> frame(Visit visit, AtomicReference<String> told, Hint hint) {
        // Many are told of what concerns one; only who has something to hear is asked for the right to it.
        if (hint == Hint.NEWS && (isOldNews(visit, told) || isBehind(visit.response))) {
            return Mono.empty();
        }
        return trust.admit(visit).flatMap(still -> {
            Wish wish = wishes.of(visit.registry, visit.device);
            if (isBehind(visit.response)) {
                return Mono.empty();
            }
            if (wish.tag().equals(told.get())) {
                return hint == Hint.BEAT ? Mono.just(BEAT) : Mono.empty();
            }
            return bodies.of(visit, still, wish)
                    .map(body -> event(wish.tag(), body))
                    .doOnNext(event -> told.set(wish.tag()));
        });
    }

    private boolean isOldNews(Visit visit, AtomicReference<String> told) {
        return wishes.of(visit.registry, visit.device).tag().equals(told.get());
    }

    /**
     * Whether the reader has not yet taken what it was told before. More of it would pile up here, for the connection
     * asks for many frames ahead; so it is told the latest with a heartbeat, once it reads on.
     */
    private static boolean isBehind(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isWritable();
    }

    /** Whoever lost the right to read, or cannot be told, is told nothing more; they come again and learn why. */
    private static Flux<byte[]> ended(Throwable failure) {
        if (!(failure instanceof FollowFailure) && Refused.in(failure).isEmpty()) {
            LOG.warn("A stream of wishes broke off", failure);
        }
        return Flux.empty();
    }

    private static byte[] event(String tag, byte[] body) {
        String text = "id: " + tag + "\ndata: " + new String(body, StandardCharsets.UTF_8) + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
