package dev.muster.identity.command;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.TokenCommand.RevokeToken;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Accounts.Account;
import dev.muster.identity.command.IdentitySettings.TokenLimits;
import dev.muster.identity.command.Tokens.Issued;
import dev.muster.identity.command.Tokens.Order;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes and revokes tokens for capabilities whose clients have doors of their own for that. Who may ask is judged at
 * those doors; here it is made sure that the owner exists and works, and that no token is wider than its owner, outlives
 * what its owner is known by, or administers users.
 */
public final class TokensOnBehalf {

    private final Accounts accounts;
    private final Tokens tokens;
    private final Orders orders;
    private final TokenLimits limits;
    private final Clock clock;

    public TokensOnBehalf(
            Accounts accounts, Tokens tokens, Commands commands, Positions positions, TokenLimits limits, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.orders = new Orders(commands, positions);
        this.limits = limits;
        this.clock = clock;
    }

    /** What an owner may at the moment, and for how long that is known. */
    private record Rights(Set<Permission> permissions, Duration lifeMax) {}

    /**
     * Makes a token that may exactly what is ordered. Fails with {@link IdentityRefusal#SCOPE_TOO_WIDE} when its owner may
     * not.
     *
     * @param shown the token with which its owner asked, null when somebody else asks for them
     */
    public Mono<Issued> issue(Order order, @Nullable UUID shown, Map<String, String> provenance) {
        return Mono.defer(() -> {
            Rights rights = rights(order.owner(), shown);
            for (Permission scope : order.scopes()) {
                if (scope == Permission.USERS_ADMIN || !rights.permissions().contains(scope)) {
                    throw IdentityRefusal.SCOPE_TOO_WIDE.because(
                            "This token may not have the scope '" + scope.wireName() + "'.",
                            Map.of("scope", scope.wireName()));
                }
            }
            return issue(order, order.scopes(), rights, provenance);
        });
    }

    /** Makes a token that may as much of what is ordered as its owner may; for owners who prove who they are. */
    public Mono<Issued> issueNarrowed(Order order, Map<String, String> provenance) {
        return Mono.defer(() -> {
            Rights rights = rights(order.owner(), null);
            Set<Permission> scopes = EnumSet.noneOf(Permission.class);
            scopes.addAll(order.scopes());
            scopes.remove(Permission.USERS_ADMIN);
            scopes.retainAll(rights.permissions());
            if (scopes.isEmpty()) {
                throw IdentityRefusal.NOT_ALLOWED.because("The owner of the key may do nothing here.");
            }
            return issue(order, scopes, rights, provenance);
        });
    }

    private Mono<Issued> issue(Order order, Set<Permission> scopes, Rights rights, Map<String, String> provenance) {
        tokens.notLongerThan(limits.lifeMax(), order.life());
        tokens.notTooMany(order.owner());
        Duration life = order.life().compareTo(rights.lifeMax()) < 0 ? order.life() : rights.lifeMax();
        return tokens.issue(new Order(order.owner(), order.name(), scopes, life), provenance);
    }

    /**
     * Whoever has an account here may what their roles say. People of an identity provider and the operator's own token
     * have none: they are known by the token that is shown, and what is made of it ends with it.
     */
    private Rights rights(UserId owner, @Nullable UUID shown) {
        Optional<Account> account = accounts.user(owner);
        if (account.isPresent()) {
            if (!account.get().enabled()) {
                throw IdentityRefusal.NOT_ALLOWED.because("The account of this user is disabled.");
            }
            return new Rights(SignedIn.permissionsOf(account.get().roles()), limits.lifeMax());
        }
        TokenCreated token = shown == null || accounts.isErased(owner)
                ? null
                : accounts.token(shown).orElse(null);
        if (token == null || !token.owner().equals(owner)) {
            throw IdentityRefusal.USER_UNKNOWN.because("There is no user " + owner + ".");
        }
        return new Rights(token.scopes(), Duration.between(clock.instant(), token.expiresAt()));
    }

    /**
     * Revokes a token of {@code by}'s own, or anyone's that can do nothing beyond what {@code by} administers. All others
     * look unknown.
     *
     * @param administered empty for those who administer nothing
     */
    public Mono<Void> revoke(UUID id, UserId by, Set<Permission> administered, Map<String, String> provenance) {
        return Mono.defer(() -> {
            TokenCreated token = accounts.token(id)
                    .filter(it -> it.owner().equals(by)
                            || !administered.isEmpty()
                                    && administered.containsAll(it.scopes())
                                    && it.viewScopes().isEmpty())
                    .orElseThrow(() -> IdentityRefusal.TOKEN_UNKNOWN.because("There is no token " + id + "."));
            return orders.send(new RevokeToken(token.tokenId()), provenance);
        });
    }
}
