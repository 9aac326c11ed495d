package dev.muster.config.snapd;

import dev.muster.identity.Caller;
import dev.muster.kernel.Provenance;
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

    Trust(ConfdbPorts ports) {
        this.ports = ports;
    }

    /** Completes when somebody was admitted; fails with 401, or with 404 when the token is good and the device is none. */
    Mono<Void> admit(Visit visit) {
        String authorization = authorization(visit);
        if (authorization == null) {
            return Mono.error(ConfdbFailure.unauthorized());
        }
        Map<String, String> circumstances = visit.circumstances(ports.peers().clientOf(visit.request));
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            String actor = ports.deviceTokens().actorOf(visit.device().value(), authorization);
            if (actor == null) {
                return Mono.error(ConfdbFailure.unauthorized());
            }
            ports.heartbeats().heard(visit.device(), ports.clock().instant());
            circumstances.put(Provenance.ACTOR, actor);
            visit.admit(new Guest(actor, null, circumstances));
            return Mono.empty();
        }
        return ports.bearerTokens()
                .callerOf(authorization.substring(BEARER.length()).strip(), circumstances)
                .switchIfEmpty(Mono.error(ConfdbFailure::unauthorized))
                .doOnNext(caller -> admit(visit, caller))
                .then();
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
