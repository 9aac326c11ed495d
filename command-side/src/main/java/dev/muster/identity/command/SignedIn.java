package dev.muster.identity.command;

import dev.muster.identity.Caller;
import dev.muster.identity.Caller.Kind;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.UserId;
import dev.muster.identity.ViewScope;
import dev.muster.kernel.Provenance;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Someone whose credentials were good. Stands in the Reactor context under {@code SignedIn.class} beside the
 * {@link Caller} made from it.
 *
 * @param id of the person or token; for people of an identity provider a pseudonym
 * @param name shown to themselves, never stored in history
 * @param roles empty for tokens
 * @param owner who a token belongs to; for people themselves
 * @param viewScopes a token's rights to single views, beside the permissions
 */
public record SignedIn(
        Kind kind,
        UUID id,
        @Nullable String name,
        Set<Role> roles,
        Set<Permission> permissions,
        UserId owner,
        Set<ViewScope> viewScopes) {

    public SignedIn {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
        viewScopes = Set.copyOf(viewScopes);
    }

    /** Someone whose rights are permissions alone. */
    public SignedIn(
            Kind kind, UUID id, @Nullable String name, Set<Role> roles, Set<Permission> permissions, UserId owner) {
        this(kind, id, name, roles, permissions, owner, Set.of());
    }

    /** Someone with these roles. Everyone who is signed in may see to their own account. */
    public static SignedIn person(Kind kind, UUID id, @Nullable String name, Set<Role> roles) {
        return new SignedIn(kind, id, name, roles, permissionsOf(roles), new UserId(id));
    }

    static Set<Permission> permissionsOf(Set<Role> roles) {
        Set<Permission> permissions = EnumSet.of(Permission.OWN_ACCOUNT);
        roles.forEach(role -> permissions.addAll(role.permissions()));
        return permissions;
    }

    /** @param provenance of the request so far; the actor is set here */
    public Caller asCaller(Map<String, String> provenance) {
        Map<String, String> all = new HashMap<>(provenance);
        Caller caller = new Caller(kind, id.toString(), owner.toString(), name, permissions, Map.of());
        all.put(Provenance.ACTOR, caller.actor());
        return new Caller(kind, caller.id(), caller.owner(), name, permissions, all, viewScopes);
    }

    /** Whoever makes the request at hand. */
    public static Mono<SignedIn> current() {
        return Mono.deferContextual(context -> context.<SignedIn>getOrEmpty(SignedIn.class)
                .map(Mono::just)
                .orElseGet(() -> Mono.error(IdentityRefusal.NOT_SIGNED_IN.because("Nobody is signed in."))));
    }
}
