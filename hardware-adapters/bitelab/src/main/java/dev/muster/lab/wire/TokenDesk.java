package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Where tokens for the lab are made and ended. They are ordinary API tokens of the house: what is kept of one is its
 * digest, and {@link dev.muster.identity.BearerTokens} knows it as soon as an answer arrived here. Fails with refusals
 * of identity.
 */
public interface TokenDesk {

    /**
     * A token as whoever asked for it sees it, this once.
     *
     * @param person {@code user:<id>}
     * @param text the whole token
     */
    record Issued(UUID id, String person, Set<Permission> scopes, Instant expiresAt, String text) {

        public Issued {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "Issued[" + id + "]";
        }
    }

    /**
     * What is wanted.
     *
     * @param person whose it shall be, {@code user:<id>}
     * @param label for its owner, 1 to 100 characters
     * @param scopes what it may do, at most what its owner may; the wire asks for rights about the lab only
     */
    record TokenOrder(String person, String label, Set<Permission> scopes, Duration life) {

        public TokenOrder {
            scopes = Set.copyOf(scopes);
        }
    }

    /**
     * Makes one. The wire has made sure that the caller asks for themselves and for no more than they may, or that they
     * are an administrator of the lab. The desk makes sure that the owner exists, works and may all that is asked for.
     */
    Mono<Issued> issue(TokenOrder order, Caller by);

    /**
     * Makes one for the owner of an ssh key, who is known by nothing but the key.
     *
     * @param order its scopes are the widest that are wanted: the token gets those of them that its owner has
     * @param provenance of the ssh session, without an actor
     */
    Mono<Issued> issueForKey(TokenOrder order, Map<String, String> provenance);

    /** Revokes a token: one's own, or anyone's token of this lab by an administrator. */
    Mono<Void> revoke(UUID id, Caller by);
}
