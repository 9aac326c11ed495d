package dev.muster.identity.command;

import dev.muster.identity.TokenEvent;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.TokenEvent.TokenRevoked;

/** What an API token can be. Expiry is no state: time passes without events. */
sealed interface TokenState {

    record Absent() implements TokenState {}

    record Issued(TokenCreated facts) implements TokenState {}

    record Revoked() implements TokenState {}

    default TokenState after(TokenEvent event) {
        return switch (event) {
            case TokenCreated created -> new Issued(created);
            case TokenRevoked revoked -> new Revoked();
        };
    }
}
