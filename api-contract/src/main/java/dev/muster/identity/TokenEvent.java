package dev.muster.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What happened to an API token. */
public sealed interface TokenEvent {

    UUID tokenId();

    record TokenCreated(
            UUID tokenId,
            UserId owner,
            String name,
            String prefix,
            String digest,
            Set<Permission> scopes,
            Instant expiresAt)
            implements TokenEvent {}

    record TokenRevoked(UUID tokenId) implements TokenEvent {}
}
