package dev.muster.config.follow;

import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.config.follow.Followers.Hint;
import dev.muster.config.follow.Visit.Guest;
import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A wish as a stream of server-sent events: {@code id} is its tag, {@code data} what a poll would get. A reader that is
 * slow gets the latest, never a queue of what was. With each heartbeat the reader's right is looked at again.
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

    Mono<Void> stream(Visit visit, Guest guest) {
        HttpHeaders headers = visit.response.getHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        // A proxy that gathers answers would keep the news to itself.
        headers.set("X-Accel-Buffering", "no");
        String last = visit.headers.getFirst("Last-Event-ID");
        AtomicReference<String> told = new AtomicReference<>(last == null ? "" : last);
        Flux<Hint> beats = Flux.interval(settings.heartbeat(), scheduler)
                .onBackpressureDrop()
                .map(tick -> Hint.BEAT);
        Flux<DataBuffer> frames = Flux.merge(followers.hints(visit.registry, visit.device), beats)
                .takeUntilOther(followers.over())
                .onBackpressureLatest()
                .concatMap(hint -> frame(visit, guest, told, hint), 1)
                .startWith(HELLO)
                .onErrorResume(StreamRoute::ended)
                .map(visit.response.bufferFactory()::wrap);
        return visit.response.writeAndFlushWith(frames.map(Mono::just));
    }

    private Mono<byte[]> frame(Visit visit, Guest guest, AtomicReference<String> told, Hint hint) {
        Mono<Guest> reader = hint == Hint.BEAT ? trust.admit(visit) : Mono.just(guest);
        return reader.flatMap(still -> {
            Wish wish = wishes.of(visit.registry, visit.device);
            if (wish.tag().equals(told.get())) {
                return hint == Hint.BEAT ? Mono.just(BEAT) : Mono.empty();
            }
            return bodies.of(visit, still, wish)
                    .map(body -> event(wish.tag(), body))
                    .doOnNext(event -> told.set(wish.tag()));
        });
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
