package dev.muster.identity.command;

import dev.muster.identity.Permission;
import dev.muster.identity.TokenCommand.RevokeToken;
import dev.muster.identity.command.Tokens.Issued;
import dev.muster.identity.command.Tokens.Order;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import java.util.EnumSet;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operator's bootstrap token, written to a file at start when asked ({@code --admin-token-file}). It has every
 * permission, users included, because whoever starts the server owns it anyway; it belongs to no person. Issuing one
 * revokes those before it, so a forgotten file opens nothing.
 */
public final class AdminToken {

    static final String NAME = "admin token file";
    private static final Map<String, String> BY_THE_SERVER = Map.of(Provenance.ACTOR, "system:server");

    private final Accounts accounts;
    private final Credentials credentials;
    private final Tokens tokens;
    private final Orders orders;
    private final IdentitySettings settings;

    public AdminToken(
            Accounts accounts,
            Credentials credentials,
            Tokens tokens,
            Commands commands,
            Positions positions,
            IdentitySettings settings) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.tokens = tokens;
        this.orders = new Orders(commands, positions);
        this.settings = settings;
    }

    /** Whether this text, e.g. from the file of the last start, is still a token with every permission. */
    public boolean isGood(String text) {
        return credentials
                .peekToken(text.strip())
                .map(it -> it.permissions().containsAll(EnumSet.allOf(Permission.class)))
                .orElse(false);
    }

    /** A new token for as long as tokens may live; call it once the accounts have caught up. */
    public Mono<String> issue() {
        return Flux.defer(() -> Flux.fromIterable(accounts.tokens()))
                .filter(it -> it.owner().equals(Accounts.SYSTEM) && it.name().equals(NAME))
                .concatMap(it -> orders.send(new RevokeToken(it.tokenId()), BY_THE_SERVER))
                .then(Mono.defer(() -> tokens.issue(
                        new Order(
                                Accounts.SYSTEM,
                                NAME,
                                EnumSet.allOf(Permission.class),
                                settings.tokens().lifeMax()),
                        BY_THE_SERVER)))
                .map(Issued::text);
    }
}
