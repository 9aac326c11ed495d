package dev.muster.config.poc;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;

/**
 * Who may come in. The original asks nobody; here that is so for networks an operator trusts, and a token is asked of
 * everyone else. Nothing is trusted unless somebody said so.
 */
final class Trust {

    private static final String BEARER = "bearer ";
    private static final int TOKEN_LENGTH_MAX = 16 * 1024;

    private final BearerTokens tokens;
    private final Peers peers;

    Trust(PocPorts ports) {
        this.tokens = ports.tokens();
        this.peers = ports.peers();
    }

    /** Completes when the visitor may do what it came for; fails with 401 or 403. */
    Mono<Void> admit(Visit visit, Route route) {
        InetAddress address = visit.address;
        if (route.isManual() || (address != null && peers.isTrusted(address))) {
            return Mono.empty();
        }
        List<String> headers = visit.headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        String token = headers.size() == 1 ? token(headers.getFirst()) : null;
        if (token == null) {
            return Mono.error(PocFailure.unauthorized("Not authenticated"));
        }
        return tokens.callerOf(token, visit.circumstances())
                .switchIfEmpty(Mono.error(() -> PocFailure.unauthorized("Invalid authentication credentials")))
                .flatMap(caller -> {
                    if (!mayDo(caller, route, visit.method)) {
                        return Mono.error(PocFailure.forbidden());
                    }
                    visit.admit(caller.provenance());
                    return Mono.empty();
                });
    }

    /** Agents on devices register and poll, which tells them the target; all else is for people and their programs. */
    private static boolean mayDo(Caller caller, Route route, HttpMethod method) {
        return switch (route) {
            case REGISTER, POLL -> caller.may(Permission.DEVICES_ENROL) || caller.may(Permission.CONFIG_WRITE);
            case STATE -> caller.may(Permission.CONFIG_READ);
            case TARGET ->
                method.equals(HttpMethod.PUT)
                        ? caller.may(Permission.CONFIG_WRITE)
                        : caller.may(Permission.CONFIG_READ) || caller.may(Permission.DEVICES_ENROL);
            case DOCS, OPENAPI -> true;
        };
    }

    private static @Nullable String token(String header) {
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer && header.length() <= TOKEN_LENGTH_MAX
                ? header.substring(BEARER.length()).strip()
                : null;
    }
}
