package dev.muster.identity;

import dev.muster.kernel.AggregateCommand;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an API token. */
public sealed interface TokenCommand extends AggregateCommand {

    UUID tokenId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "token/" + tokenId();
    }

    /**
     * @param prefix the first characters of the token, to recognise it by
     * @param digest SHA-256 of the whole token, hex
     * @param viewScopes narrower rights beside the permissions
     */
    record CreateToken(
            UUID tokenId,
            UserId owner,
            String name,
            String prefix,
            String digest,
            Set<Permission> scopes,
            Instant expiresAt,
            Set<ViewScope> viewScopes)
            implements TokenCommand {

        /** One whose scopes are permissions alone. */
        public CreateToken(
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

    record RevokeToken(UUID tokenId) implements TokenCommand {}
}
