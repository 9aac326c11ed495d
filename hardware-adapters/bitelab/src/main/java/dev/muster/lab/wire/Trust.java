package dev.muster.lab.wire;

import dev.muster.identity.BearerTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/** Who may come in: whoever shows a token that is one of ours and allows what is asked for (contract §3). */
final class Trust {

    private static final String BEARER = "bearer ";
    private static final int TOKEN_LENGTH_MAX = 4096;

    private final BearerTokens tokens;

    Trust(BearerTokens tokens) {
        this.tokens = tokens;
    }

    /** Completes when the visitor may do what it came for; fails with 401 or 403. */
    Mono<Void> admit(Visit visit) {
        Need need = visit.route().target().need;
        if (need == Need.NOTHING) {
            return Mono.empty();
        }
        String token = token(visit.headers.getOrEmpty(HttpHeaders.AUTHORIZATION));
        if (token == null) {
            return Mono.error(WireFailure.unauthorized());
        }
        return tokens.callerOf(token, visit.circumstances())
                .switchIfEmpty(Mono.error(WireFailure::unauthorized))
                .flatMap(caller -> {
                    visit.admit(caller, token);
                    return need.isMetBy(caller) ? Mono.empty() : Mono.error(WireFailure.forbidden(need.scope));
                });
    }

    private static @Nullable String token(List<String> headers) {
        if (headers.size() != 1) {
            return null;
        }
        String header = headers.getFirst();
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String token = bearer && header.length() <= TOKEN_LENGTH_MAX
                ? header.substring(BEARER.length()).strip()
                : "";
        return token.isEmpty() ? null : token;
    }
}
