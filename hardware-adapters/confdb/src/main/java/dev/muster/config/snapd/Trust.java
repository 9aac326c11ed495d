package dev.muster.config.snapd;

import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Who may come in over TCP: the device with its own token or the gateway's, as root of the device; or whoever shows a
 * token of this server, who may do what that says.
 */
final class Trust {

    private static final String BEARER = "bearer ";
    private static final int HEADER_LENGTH_MAX = 4096;

    /** Requests with a token unknown here that are waited for at once: most are wrong, and anybody can send them. */
    static final int DOUBTED_MAX = 256;

    private final ConfdbPorts ports;
    private final Duration catchUpMax;
    private final Semaphore doubt = new Semaphore(DOUBTED_MAX);

    Trust(ConfdbPorts ports, ConfdbSettings settings) {
        this.ports = ports;
        this.catchUpMax = settings.catchUpMax();
    }

    /** Completes when somebody was admitted; fails with 401, or with 404 when the token is good and the device is none. */
    Mono<Void> admit(Visit visit) {
        String authorization = authorization(visit);
        if (authorization == null) {
            return Mono.error(ConfdbFailure.unauthorized());
        }
        Map<String, String> circumstances = visit.circumstances(ports.peers().clientOf(visit.request));
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return admitDevice(visit, authorization, circumstances);
        }
        return ports.bearerTokens()
                .callerOf(authorization.substring(BEARER.length()).strip(), circumstances)
                .switchIfEmpty(Mono.error(ConfdbFailure::unauthorized))
                .doOnNext(caller -> admit(visit, caller))
                .then();
    }

    private Mono<Void> admitDevice(Visit visit, String authorization, Map<String, String> circumstances) {
        if (isAdmitted(visit, authorization, circumstances)) {
            return Mono.empty();
        }
        return readOn().then(Mono.defer(() -> isAdmitted(visit, authorization, circumstances)
                ? Mono.empty()
                : Mono.error(ConfdbFailure.unauthorized())));
    }

    /**
     * A token that was given a moment ago may not have been heard of here yet: completes when what is in the log by now
     * was read, or will not be soon. Fails with 401 when too many wait for that. To ask how long the log is may mean to
     * ask another server, and no connection may wait for what a stranger brings.
     */
    private Mono<Void> readOn() {
        return Mono.<Void, Semaphore>using(
                this::doubted,
                held -> Mono.fromCallable(() -> ports.positions().committed())
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(newest -> ports.positions().folded(newest, catchUpMax))
                        .onErrorComplete()
                        .publishOn(Schedulers.parallel()),
                Semaphore::release);
    }

    private Semaphore doubted() {
        if (!doubt.tryAcquire()) {
            throw ConfdbFailure.unauthorized();
        }
        return doubt;
    }

    /** Admits the device whose token it is; false when it is nobody's that is known here. */
    private boolean isAdmitted(Visit visit, String authorization, Map<String, String> circumstances) {
        String actor = ports.deviceTokens().actorOf(visit.device().value(), authorization);
        if (actor == null) {
            return false;
        }
        ports.heartbeats().heard(visit.device(), ports.clock().instant());
        circumstances.put(Provenance.ACTOR, actor);
        visit.admit(new Guest(actor, null, circumstances));
        return true;
    }

    private void admit(Visit visit, Caller caller) {
        if (!ports.devices().knows(visit.device())) {
            throw ConfdbFailure.notFound("There is no device '" + visit.device() + "'.");
        }
        visit.admit(new Guest(caller.actor(), caller, caller.provenance()));
    }

    private static @Nullable String authorization(Visit visit) {
        List<String> headers = visit.headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        return headers.size() == 1 && headers.getFirst().length() <= HEADER_LENGTH_MAX ? headers.getFirst() : null;
    }
}
