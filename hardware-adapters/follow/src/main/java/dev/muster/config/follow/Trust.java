package dev.muster.config.follow;

import dev.muster.config.follow.Visit.Guest;
import dev.muster.identity.BearerTokens;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.registry.RegistryRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Who may come in: the device with its own token or the gateway's, or whoever shows a token of this server. That must
 * be one that may read configuration and its secrets; to say what became of a wish, which may end a rollout, one that
 * may write.
 */
final class Trust {

    private static final String BEARER = "bearer ";
    private static final int HEADER_LENGTH_MAX = 4096;
    private static final List<Permission> TO_READ = List.of(Permission.CONFIG_READ, Permission.CONFIG_SECRETS);
    private static final List<Permission> TO_REPORT = List.of(Permission.CONFIG_WRITE);

    private final FollowPorts ports;

    Trust(FollowPorts ports) {
        this.ports = ports;
    }

    /**
     * The guest when the token at hand is a device's, null when it is none: without waiting, for it is nearly always
     * one.
     */
    @Nullable
    Guest device(Visit visit) {
        String authorization = authorization(visit);
        if (authorization == null || isBearer(authorization)) {
            return null;
        }
        String actor = ports.deviceTokens().actorOf(visit.device.value(), authorization);
        if (actor == null) {
            return null;
        }
        ports.heartbeats().heard(visit.device, ports.clock().instant());
        return new Guest(actor, null);
    }

    /** Fails with 401 or 403, or with 404 when the token is good and there is no such device. */
    Mono<Guest> admit(Visit visit) {
        Guest device = device(visit);
        if (device != null) {
            return Mono.just(device);
        }
        String authorization = authorization(visit);
        if (authorization == null || !isBearer(authorization)) {
            return Mono.error(FollowFailure.unauthorized());
        }
        BearerTokens tokens = ports.bearerTokens();
        return tokens.callerOf(
                        authorization.substring(BEARER.length()).strip(),
                        visit.circumstances(ports.peers().clientOf(visit.request)))
                .switchIfEmpty(Mono.error(FollowFailure::unauthorized))
                .map(caller -> admitted(visit, caller));
    }

    private Guest admitted(Visit visit, Caller caller) {
        for (Permission needed : visit.is(HttpMethod.POST) ? TO_REPORT : TO_READ) {
            if (!caller.may(needed)) {
                throw FollowFailure.forbidden(needed.wireName());
            }
        }
        if (!ports.devices().knows(visit.device)) {
            throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device '" + visit.device + "'.");
        }
        return new Guest(caller.actor(), caller);
    }

    private static @Nullable String authorization(Visit visit) {
        List<String> headers = visit.headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        return headers.size() == 1 && headers.getFirst().length() <= HEADER_LENGTH_MAX ? headers.getFirst() : null;
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }
}
