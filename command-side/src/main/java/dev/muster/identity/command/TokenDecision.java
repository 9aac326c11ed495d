package dev.muster.identity.command;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.TokenCommand;
import dev.muster.identity.TokenCommand.CreateToken;
import dev.muster.identity.TokenCommand.RevokeToken;
import dev.muster.identity.TokenEvent;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.TokenEvent.TokenRevoked;
import dev.muster.identity.ViewScope;
import dev.muster.identity.command.TokenState.Absent;
import dev.muster.identity.command.TokenState.Issued;
import dev.muster.identity.command.TokenState.Revoked;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from a command about a token. */
final class TokenDecision {

    static final int NAME_LENGTH_MAX = 100;

    private TokenDecision() {}

    static List<TokenEvent> on(TokenCommand command, TokenState state) {
        return switch (command) {
            case CreateToken c -> create(c, state);
            case RevokeToken c ->
                switch (state) {
                    case Issued issued -> List.of(new TokenRevoked(c.tokenId()));
                    case Revoked revoked -> List.of();
                    case Absent absent ->
                        throw IdentityRefusal.TOKEN_UNKNOWN.because("There is no token " + c.tokenId() + ".");
                };
        };
    }

    private static List<TokenEvent> create(CreateToken c, TokenState state) {
        aName(c.name());
        someScopes(c);
        TokenCreated created = new TokenCreated(
                c.tokenId(),
                c.owner(),
                c.name(),
                c.prefix(),
                c.digest(),
                Set.copyOf(c.scopes()),
                c.expiresAt(),
                c.viewScopes().stream().map(ViewScope::toString).collect(Collectors.toSet()));
        return switch (state) {
            case Absent absent -> List.of(created);
            case Issued issued when issued.facts().equals(created) -> List.of();
            case Issued issued -> throw taken(c);
            case Revoked revoked -> throw taken(c);
        };
    }

    private static void aName(String name) {
        if (name.isBlank() || name.length() > NAME_LENGTH_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw IdentityRefusal.TOKEN_INVALID.because("A token's name is 1 to 100 visible characters.");
        }
    }

    private static void someScopes(CreateToken c) {
        if (c.scopes().isEmpty() && c.viewScopes().isEmpty()) {
            throw IdentityRefusal.TOKEN_INVALID.because("A token needs at least one scope.");
        }
    }

    private static RuntimeException taken(CreateToken c) {
        return IdentityRefusal.TOKEN_INVALID.because("There is a token " + c.tokenId() + " already.");
    }
}
