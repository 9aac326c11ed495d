package dev.muster.identity.command.http;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.identity.ViewScope;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A token's scopes as people write them: permissions and single views in one list. */
public record Scopes(Set<Permission> permissions, Set<ViewScope> views) {

    private static final int SCOPES_MAX = 100;

    /** Refused with {@link IdentityRefusal#SCOPE_UNKNOWN} or, when there are too many, TOKEN_INVALID. */
    static Scopes read(Set<String> names) {
        if (names.size() > SCOPES_MAX) {
            throw IdentityRefusal.TOKEN_INVALID.because("A token has at most " + SCOPES_MAX + " scopes.");
        }
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        Set<ViewScope> views = new TreeSet<>();
        for (String name : names) {
            if (ViewScope.isMeant(name)) {
                views.add(ViewScope.named(name));
            } else {
                permissions.add(Permission.named(name));
            }
        }
        return new Scopes(permissions, views);
    }

    /** Permissions first, in their order; then the rest, in the order of its text. */
    public static List<String> asTexts(Collection<Permission> permissions, Collection<?> views) {
        return Stream.concat(
                        permissions.stream().sorted().map(Permission::wireName),
                        views.stream().map(Object::toString).sorted())
                .toList();
    }
}
