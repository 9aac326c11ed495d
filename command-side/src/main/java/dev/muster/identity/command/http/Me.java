package dev.muster.identity.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.command.SignIn;
import dev.muster.identity.command.SignedIn;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Who the caller is and what they may do. */
record Me(
        Caller.Kind kind,
        UUID id,
        @Nullable String name,
        List<Role> roles,
        List<Permission> permissions,
        boolean demo,
        String version) {

    /** Hands out the new session and answers who it belongs to. */
    static Me welcome(SignIn.Welcome welcome, ServerWebExchange exchange, Edition edition) {
        SessionCookies.set(exchange, welcome.session());
        return of(welcome.who(), edition);
    }

    static Me of(SignedIn who, Edition edition) {
        return new Me(
                who.kind(),
                who.id(),
                who.name(),
                who.roles().stream().sorted().toList(),
                who.permissions().stream().sorted().toList(),
                edition.demo(),
                edition.version());
    }
}
