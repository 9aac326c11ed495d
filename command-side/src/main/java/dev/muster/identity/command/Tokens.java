package dev.muster.identity.command;

import dev.muster.identity.Caller.Kind;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.TokenCommand.CreateToken;
import dev.muster.identity.TokenCommand.RevokeToken;
import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.identity.UserId;
import dev.muster.identity.ViewScope;
import dev.muster.identity.command.IdentitySettings.TokenLimits;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Ids;
import dev.muster.kernel.Positions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Makes and revokes API tokens: {@code mst_<prefix>_<secret>} with a secret of 256 bits. Only its SHA-256 is kept; it
 * needs no slow hash, for there is nothing to guess.
 */
public final class Tokens {

    private static final Duration LIFE_MIN = Duration.ofMinutes(1);
    private static final int PREFIX_LENGTH = 8;

    /**
     * A token as its maker sees it, this once.
     *
     * @param text the whole token
     */
    public record Issued(
            UUID id,
            String name,
            String prefix,
            Set<Permission> scopes,
            Set<ViewScope> viewScopes,
            Instant expiresAt,
            String text) {

        @Override
        public String toString() {
            return "Issued[" + id + ", " + prefix + "]";
        }
    }

    private final Accounts accounts;
    private final Orders orders;
    private final TokenLimits limits;
    private final Clock clock;

    public Tokens(Accounts accounts, Commands commands, Positions positions, TokenLimits limits, Clock clock) {
        this.accounts = accounts;
        this.orders = new Orders(commands, positions);
        this.limits = limits;
        this.clock = clock;
    }

    /** Makes a token for {@code maker}, never wider than them and never one that administers users. */
    public Mono<Issued> create(
            SignedIn maker, String name, Set<Permission> scopes, Duration life, Map<String, String> provenance) {
        return create(maker, name, scopes, Set.of(), life, provenance);
    }

    /** The same, with rights to single views beside the permissions. */
    public Mono<Issued> create(
            SignedIn maker,
            String name,
            Set<Permission> scopes,
            Set<ViewScope> viewScopes,
            Duration life,
            Map<String, String> provenance) {
        return Mono.defer(() -> {
            notByOrdinaryTokens(maker);
            notWiderThanItsMaker(maker, scopes, viewScopes);
            notLongerThan(maker.kind() == Kind.OIDC ? limits.borrowedLifeMax() : limits.lifeMax(), life);
            notTooMany(maker.owner());
            return issue(new Order(maker.owner(), name, scopes, viewScopes, life), provenance);
        });
    }

    /** What goes into a token, whoever decided that it may be. */
    public record Order(UserId owner, String name, Set<Permission> scopes, Set<ViewScope> viewScopes, Duration life) {

        public Order(UserId owner, String name, Set<Permission> scopes, Duration life) {
            this(owner, name, scopes, Set.of(), life);
        }
    }

    Mono<Issued> issue(Order order, Map<String, String> provenance) {
        // A fresh id each time: the secret of a first attempt cannot be given twice, so a retry makes its own token.
        UUID id = Ids.next(clock);
        String prefix = Ids.secret().substring(0, PREFIX_LENGTH);
        String text = Credentials.TOKEN_START + prefix + "_" + Ids.secret();
        Instant expiresAt = clock.instant().plus(order.life()).truncatedTo(ChronoUnit.SECONDS);
        CreateToken command = new CreateToken(
                id,
                order.owner(),
                order.name(),
                prefix,
                Ids.digest(text),
                Set.copyOf(order.scopes()),
                expiresAt,
                Set.copyOf(order.viewScopes()));
        return orders.send(command, provenance)
                .thenReturn(
                        new Issued(id, order.name(), prefix, command.scopes(), command.viewScopes(), expiresAt, text));
    }

    /** Revokes a token of one's own, or anyone's when one administers users. Others' tokens look unknown. */
    public Mono<Void> revoke(SignedIn who, UUID id, Map<String, String> provenance) {
        return Mono.defer(() -> {
            TokenCreated token = accounts.token(id)
                    .filter(it ->
                            it.owner().equals(who.owner()) || who.permissions().contains(Permission.USERS_ADMIN))
                    .orElseThrow(() -> IdentityRefusal.TOKEN_UNKNOWN.because("There is no token " + id + "."));
            return orders.send(new RevokeToken(token.tokenId()), provenance);
        });
    }

    /** Automations make no further automations; only the operator's bootstrap token stands for a person. */
    private static void notByOrdinaryTokens(SignedIn maker) {
        if (maker.kind() == Kind.TOKEN && !maker.owner().equals(Accounts.SYSTEM)) {
            throw IdentityRefusal.SCOPE_TOO_WIDE.because("A token cannot make tokens; sign in as a person.");
        }
    }

    private static void notWiderThanItsMaker(SignedIn maker, Set<Permission> scopes, Set<ViewScope> viewScopes) {
        for (Permission scope : scopes) {
            if (scope == Permission.USERS_ADMIN || !maker.permissions().contains(scope)) {
                throw tooWide(scope.wireName());
            }
        }
        for (ViewScope scope : viewScopes) {
            if (!maker.permissions().contains(scope.right().permission())) {
                throw tooWide(scope.toString());
            }
        }
    }

    private static RuntimeException tooWide(String scope) {
        return IdentityRefusal.SCOPE_TOO_WIDE.because(
                "This token may not have the scope '" + scope + "'.", Map.of("scope", scope));
    }

    void notLongerThan(Duration max, Duration life) {
        if (life.compareTo(LIFE_MIN) < 0 || life.compareTo(max) > 0) {
            throw IdentityRefusal.TOKEN_INVALID.because(
                    "A token of yours lives from one minute to " + max.toDays() + " days.",
                    Map.of("daysMax", max.toDays()));
        }
    }

    void notTooMany(UserId owner) {
        Instant now = clock.instant();
        long live = accounts.tokens().stream()
                .filter(it -> it.owner().equals(owner) && now.isBefore(it.expiresAt()))
                .count();
        if (live >= limits.perOwnerMax()) {
            throw IdentityRefusal.LIMIT_REACHED.because(
                    "There are " + live + " tokens of this owner; revoke one first.",
                    Map.of("limit", limits.perOwnerMax()));
        }
    }
}
