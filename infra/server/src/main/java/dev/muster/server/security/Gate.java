package dev.muster.server.security;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets a request pass when its route's rule allows it; else says what is missing. Nothing passes without a rule. */
final class Gate implements ReactiveAuthorizationManager<AuthorizationContext> {

    private static final String RULE = RouteRule.class.getName();

    private final Routes routes;

    Gate(Routes routes) {
        this.routes = routes;
    }

    /** The rule by which this request passed; denied as long as it has not. */
    static RouteRule ruleOf(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(RULE, new RouteRule.Denied());
    }

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
        ServerWebExchange exchange = context.getExchange();
        return routes.of(exchange).flatMap(rule -> {
            exchange.getAttributes().put(RULE, rule);
            if (rule instanceof RouteRule.Open) {
                return Mono.just(new AuthorizationDecision(true));
            }
            return authentication
                    .ofType(Signed.class)
                    .switchIfEmpty(Mono.error(() -> IdentityRefusal.NOT_SIGNED_IN.because("Nobody is signed in.")))
                    .flatMap(signed -> judged(signed, rule));
        });
    }

    private static Mono<AuthorizationResult> judged(Signed signed, RouteRule rule) {
        if (!(rule instanceof RouteRule.Needs(Permission permission))) {
            return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND, "There is nothing here."));
        }
        if (!signed.caller().may(permission)) {
            return Mono.error(IdentityRefusal.NOT_ALLOWED.because(
                    "This needs the permission '" + permission.wireName() + "'.",
                    Map.of("permission", permission.wireName())));
        }
        return Mono.just(new AuthorizationDecision(true));
    }
}
