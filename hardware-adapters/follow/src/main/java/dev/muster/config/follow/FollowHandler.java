package dev.muster.config.follow;

import dev.muster.config.Wish;
import dev.muster.config.Wishes;
import dev.muster.config.follow.FollowMetrics.PollOutcome;
import dev.muster.config.follow.Visit.Guest;
import dev.muster.kernel.Refused;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/**
 * What devices should have of a registry, and what became of it. It stands in front of the web framework as polls for
 * updates do: path, token and answer are settled by scanning, from memory. The order of judgement is: path, method,
 * token, registry, body.
 */
public final class FollowHandler implements HttpHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowHandler.class);

    private final FollowPorts ports;
    private final FollowSettings settings;
    private final FollowMetrics metrics;
    private final Wishes wishes;
    private final Trust trust;
    private final Bodies bodies;
    private final Followers followers;
    private final StreamRoute streams;
    private final ResultRoute results;
    private final Scheduler scheduler = Schedulers.parallel();
    private final AutoCloseable listening;

    public FollowHandler(FollowPorts ports, FollowSettings settings, FollowMetrics metrics) {
        this.ports = ports;
        this.settings = settings;
        this.metrics = metrics;
        this.wishes = ports.wishes();
        this.trust = new Trust(ports);
        this.bodies = new Bodies(ports, settings);
        this.followers = new Followers(settings, metrics, scheduler);
        this.streams = new StreamRoute(ports, trust, bodies, followers, settings, scheduler);
        this.results = new ResultRoute(ports, settings, metrics);
        this.listening = wishes.onChange(followers);
    }

    /** True for {@code /registries/devices/{id}/wanted/…}; all other paths are somebody else's. */
    public boolean serves(ServerHttpRequest request) {
        return FollowPath.serves(request.getURI().getRawPath());
    }

    /** Answers a request that {@link #serves}. Every failure is answered too. */
    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        Mono<Void> answer;
        try {
            answer = received(request, response);
        } catch (RuntimeException e) {
            return refused(request, response, e);
        }
        return answer.onErrorResume(e -> refused(request, response, e));
    }

    private Mono<Void> received(ServerHttpRequest request, ServerHttpResponse response) {
        FollowPath path = FollowPath.of(request.getURI().getRawPath());
        Visit visit = new Visit(request, response, path);
        boolean reads = visit.is(HttpMethod.GET) || visit.is(HttpMethod.HEAD);
        if (path.isResult() ? !visit.is(HttpMethod.POST) : !reads) {
            throw FollowFailure.methodNotAllowed(path.isResult() ? "POST" : "GET, HEAD");
        }
        Guest device = trust.device(visit);
        return device != null ? go(visit, path, device) : trust.admit(visit).flatMap(guest -> go(visit, path, guest));
    }

    private Mono<Void> go(Visit visit, FollowPath path, Guest guest) {
        var unused = ports.registries().needed(visit.registry);
        if (path.isResult()) {
            return results.report(visit, guest);
        }
        if (visit.wantsStream() && visit.is(HttpMethod.GET)) {
            metrics.polled(PollOutcome.STREAMED);
            return streams.stream(visit);
        }
        Wish wish = wishes.of(visit.registry, visit.device);
        if (!visit.knows(wish.tag())) {
            return told(visit, guest, wish);
        }
        Duration wait = visit.waits(settings.waitMax());
        return wait.isZero() ? unchanged(visit, wish) : waiting(visit, wait);
    }

    /** Who may read may have changed while nothing happened, so the answer is for whoever may now. */
    private Mono<Void> waiting(Visit visit, Duration wait) {
        return followers
                .hints(visit.registry, visit.device)
                .filter(hint ->
                        !visit.knows(wishes.of(visit.registry, visit.device).tag()))
                .next()
                .take(wait, scheduler)
                .publishOn(scheduler)
                .then(Mono.defer(() -> trust.admit(visit)))
                .flatMap(guest -> {
                    Wish wish = wishes.of(visit.registry, visit.device);
                    return visit.knows(wish.tag()) ? unchanged(visit, wish) : told(visit, guest, wish);
                });
    }

    private Mono<Void> told(Visit visit, Guest guest, Wish wish) {
        metrics.polled(PollOutcome.TOLD);
        return bodies.of(visit, guest, wish).flatMap(body -> Answers.wish(visit, wish.tag(), body));
    }

    private Mono<Void> unchanged(Visit visit, Wish wish) {
        metrics.polled(PollOutcome.UNCHANGED);
        return Answers.unchanged(visit, wish.tag());
    }

    private Mono<Void> refused(ServerHttpRequest request, ServerHttpResponse response, Throwable failure) {
        // A device that hung up is a device's day, not a fault, and nobody is left to answer.
        if (AbortedException.isConnectionReset(failure) || isGone(response)) {
            return Mono.empty();
        }
        FollowFailure answer = FollowFailure.of(failure);
        if (answer.status() >= 500 && Refused.in(failure).isEmpty() && !(failure instanceof FollowFailure)) {
            LOG.warn("{} {} failed", request.getMethod(), request.getURI().getRawPath(), failure);
        }
        metrics.polled(PollOutcome.REFUSED);
        return Answers.failure(request, response, answer);
    }

    /** Whether the connection is closed: then whatever failed may have failed for that. */
    private static boolean isGone(ServerHttpResponse response) {
        return ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isActive();
    }

    /** Ends all waiting and all streams. */
    @Override
    public void close() {
        followers.close();
        bodies.close();
        try {
            listening.close();
        } catch (Exception e) {
            LOG.warn("Wishes are still listened to", e);
        }
    }
}
