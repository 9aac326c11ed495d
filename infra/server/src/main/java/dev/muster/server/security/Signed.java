package dev.muster.server.security;

import dev.muster.identity.Caller;
import dev.muster.identity.command.SignedIn;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Someone signed in, as Spring Security sees them; rights are permissions of the {@link Caller}, not authorities. */
final class Signed extends AbstractAuthenticationToken implements Standing {

    private final transient SignedIn who;
    private final transient Caller caller;
    private final transient Supplier<Optional<SignedIn>> again;

    /** @param again asks the same credential once more, without counting as its use */
    Signed(SignedIn who, Caller caller, Supplier<Optional<SignedIn>> again) {
        super(List.of());
        this.who = who;
        this.caller = caller;
        this.again = again;
        setAuthenticated(true);
    }

    SignedIn who() {
        return who;
    }

    Caller caller() {
        return caller;
    }

    @Override
    public Optional<SignedIn> now() {
        return again.get();
    }

    /** Whether the credential still is good for what this rule needs. */
    boolean stillMay(RouteRule rule) {
        return switch (rule) {
            case RouteRule.Open open -> true;
            case RouteRule.Needs needs ->
                now().map(it -> it.permissions().contains(needs.permission())).orElse(false);
            case RouteRule.Denied denied -> false;
        };
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return caller.actor();
    }
}
