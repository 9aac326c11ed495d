package dev.muster.identity;

import java.util.Map;
import reactor.core.publisher.Mono;

/** Who shows a bearer token: for protocols that stand in front of the web framework and its sign-in. */
public interface BearerTokens {

    /**
     * The caller with the token's rights; empty when it is none of ours, has ended or was revoked.
     *
     * @param provenance what is known of the request; the caller's own has the actor beside it
     */
    Mono<Caller> callerOf(String token, Map<String, String> provenance);
}
