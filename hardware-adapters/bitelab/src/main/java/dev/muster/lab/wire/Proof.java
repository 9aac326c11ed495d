package dev.muster.lab.wire;

import dev.muster.identity.BearerTokens;
import dev.muster.identity.Caller;
import java.util.Map;
import reactor.core.publisher.Mono;

/** By what somebody was let in: it is looked at again as long as they stay. Equal ones are looked at once for all. */
@FunctionalInterface
public interface Proof {

    /**
     * Whom it proves at the moment, with what they may now; empty when it proves nobody any longer.
     *
     * @param provenance what is known of the request
     */
    Mono<Caller> callerOf(Map<String, String> provenance);

    /** A token. */
    record OfToken(BearerTokens tokens, String token) implements Proof {

        @Override
        public Mono<Caller> callerOf(Map<String, String> provenance) {
            return tokens.callerOf(token, provenance);
        }

        @Override
        public String toString() {
            return "a token";
        }
    }
}
