package dev.muster.identity;

import dev.muster.kernel.Provenance;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Who is asking. Stands in the Reactor context of every authenticated request under {@code Caller.class}.
 *
 * @param kind person, token, or the server itself
 * @param id of the user or token
 * @param owner id of the person behind it: the token's owner, or the user themselves
 * @param name for people; never stored in history
 * @param permissions what the caller may do
 * @param provenance what commands of this request carry, keys in {@link Provenance}
 * @param viewScopes rights to single views of registries, beside the permissions
 */
public record Caller(
        Kind kind,
        String id,
        String owner,
        @Nullable String name,
        Set<Permission> permissions,
        Map<String, String> provenance,
        Set<ViewScope> viewScopes) {

    public enum Kind {
        USER,
        TOKEN,
        OIDC,
        SYSTEM
    }

    public Caller {
        permissions = Set.copyOf(permissions);
        provenance = Map.copyOf(provenance);
        viewScopes = Set.copyOf(viewScopes);
    }

    /** One whose rights are permissions alone. */
    public Caller(
            Kind kind,
            String id,
            String owner,
            @Nullable String name,
            Set<Permission> permissions,
            Map<String, String> provenance) {
        this(kind, id, owner, name, permissions, provenance, Set.of());
    }

    /** One who owns themselves. */
    public Caller(
            Kind kind, String id, @Nullable String name, Set<Permission> permissions, Map<String, String> provenance) {
        this(kind, id, id, name, permissions, provenance);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Whether they have a right to one view of a registry, by a permission for all or by a scope for this one. */
    public boolean may(ViewScope.Right right, String account, String schema, String view) {
        return may(right.permission())
                || viewScopes.stream().anyMatch(scope -> scope.covers(right, account, schema, view));
    }

    /** Whether they may see what is secret, where they may look at all. */
    public boolean maySeeSecrets() {
        return may(Permission.CONFIG_SECRETS)
                || viewScopes.stream().anyMatch(scope -> scope.right() == ViewScope.Right.SECRETS);
    }

    /** {@code user:<id>} and the like: the value of {@link Provenance#ACTOR}. */
    public String actor() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + id;
    }

    /** {@code user:<id>} of the person behind it, whichever of their tokens is used: who holds what is lent. */
    public String person() {
        return "user:" + owner;
    }

    /** The caller of the request at hand; fails with {@link IdentityRefusal#NOT_SIGNED_IN} when there is none. */
    public static Mono<Caller> current() {
        return Mono.deferContextual(context -> context.<Caller>getOrEmpty(Caller.class)
                .map(Mono::just)
                .orElseGet(() -> Mono.error(IdentityRefusal.NOT_SIGNED_IN.because("Nobody is signed in."))));
    }
}
