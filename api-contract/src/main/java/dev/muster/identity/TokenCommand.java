package dev.muster.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an API token. */
public sealed interface TokenCommand {

    UUID tokenId();

    @TargetAggregateIdentifier
    default String aggregateId() {
        return "token/" + tokenId();
    }

    /**
     * @param prefix the first characters of the token, to recognise it by
     * @param digest SHA-256 of the whole token, hex
     */
    record CreateToken(
            UUID tokenId,
            UserId owner,
            String name,
            String prefix,
            String digest,
            Set<Permission> scopes,
            Instant expiresAt)
            implements TokenCommand {}

    record RevokeToken(UUID tokenId) implements TokenCommand {}
}
