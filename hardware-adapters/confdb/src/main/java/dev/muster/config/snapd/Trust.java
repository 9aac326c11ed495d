package dev.muster.config.snapd;

import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Who may come in over TCP: the device with its own token or the gateway's, as root of the device; or whoever shows a
 * token of this server, who may do what that says.
 */
final class Trust {

    private static final String BEARER = "bearer ";
    private static final int HEADER_LENGTH_MAX = 4096;

    private final ConfdbPorts ports;
    private final Duration catchUpMax;

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
        if (isDevices(visit, authorization, circumstances)) {
            return Mono.empty();
        }
        // A token that was given a moment ago may not have been heard of here yet.
        return ports.positions()
                .settled(catchUpMax)
                .then(Mono.defer(() -> isDevices(visit, authorization, circumstances)
                        ? Mono.empty()
                        : Mono.error(ConfdbFailure.unauthorized())));
    }

    private boolean isDevices(Visit visit, String authorization, Map<String, String> circumstances) {
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
