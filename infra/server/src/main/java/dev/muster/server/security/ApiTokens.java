package dev.muster.server.security;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.Caller;
import dev.muster.identity.command.Credentials;
import java.util.Map;
import reactor.core.publisher.Mono;

/** This server's own API tokens, for protocols in front of the filters. Those of an identity provider are for people. */
public final class ApiTokens implements BearerTokens {

    private final Credentials credentials;

    public ApiTokens(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Mono<Caller> callerOf(String token, Map<String, String> provenance) {
        return Mono.defer(() -> token.startsWith(Credentials.TOKEN_START)
                ? Mono.justOrEmpty(credentials.byToken(token)).map(who -> who.asCaller(provenance))
                : Mono.empty());
    }
}
