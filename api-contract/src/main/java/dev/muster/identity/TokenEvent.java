package dev.muster.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What happened to an API token. */
public sealed interface TokenEvent {

    UUID tokenId();

    /** @param viewScopes wire forms of {@link ViewScope}; none in tokens from before there were any */
    record TokenCreated(
            UUID tokenId,
            UserId owner,
            String name,
            String prefix,
            String digest,
            Set<Permission> scopes,
            Instant expiresAt,
            Set<String> viewScopes)
            implements TokenEvent {

        public TokenCreated {
            viewScopes = viewScopes == null ? Set.of() : Set.copyOf(viewScopes);
        }

        /** One whose scopes are permissions alone. */
        public TokenCreated(
                UUID tokenId,
                UserId owner,
                String name,
                String prefix,
                String digest,
                Set<Permission> scopes,
                Instant expiresAt) {
            this(tokenId, owner, name, prefix, digest, scopes, expiresAt, Set.of());
        }
    }

    record TokenRevoked(UUID tokenId) implements TokenEvent {}
}
