package dev.muster.server.lab;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.UserId;
import dev.muster.identity.command.Tokens;
import dev.muster.identity.command.Tokens.Order;
import dev.muster.identity.command.TokensOnBehalf;
import dev.muster.kernel.Provenance;
import dev.muster.lab.wire.TokenDesk;
import dev.muster.server.security.KnownPeople;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The lab's wire makes and ends ordinary API tokens. */
public final class LabTokens implements TokenDesk {

    /** A token that can do no more than this is the lab's, and its administrators may revoke it. */
    private static final Set<Permission> OF_THE_LAB =
            Set.of(Permission.LAB_READ, Permission.LAB_USE, Permission.LAB_ADMIN);

    private final TokensOnBehalf tokens;

    public LabTokens(TokensOnBehalf tokens) {
        this.tokens = tokens;
    }

    @Override
    public Mono<Issued> issue(TokenOrder order, Caller by) {
        boolean own = order.person().equals(by.person());
        return tokens.issue(ordered(order), own ? shown(by) : null, by.provenance())
                .map(issued -> shown(issued, order));
    }

    @Override
    public Mono<Issued> issueForKey(TokenOrder order, Map<String, String> provenance) {
        Map<String, String> byItsOwner = new HashMap<>(provenance);
        byItsOwner.put(Provenance.ACTOR, order.person());
        return tokens.issueNarrowed(ordered(order), byItsOwner).map(issued -> shown(issued, order));
    }

    @Override
    public Mono<Void> revoke(UUID id, Caller by) {
        return tokens.revoke(
                id, owner(by.person()), by.may(Permission.LAB_ADMIN) ? OF_THE_LAB : Set.of(), by.provenance());
    }

    private static Order ordered(TokenOrder order) {
        return new Order(owner(order.person()), order.label(), order.scopes(), order.life());
    }

    private static UserId owner(String person) {
        UserId id = KnownPeople.idOrNull(person);
        if (id == null) {
            throw IdentityRefusal.USER_UNKNOWN.because("There is no user " + person + ".");
        }
        return id;
    }

    private static @Nullable UUID shown(Caller by) {
        return by.kind() == Caller.Kind.TOKEN ? UUID.fromString(by.id()) : null;
    }

    private static Issued shown(Tokens.Issued issued, TokenOrder order) {
        return new Issued(issued.id(), order.person(), issued.scopes(), issued.expiresAt(), issued.text());
    }
}
