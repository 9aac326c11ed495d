package dev.muster.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.command.Credentials;
import dev.muster.identity.command.Credentials.WithSession;
import dev.muster.identity.command.SignedIn;
import dev.muster.identity.command.http.SessionCookies;
import dev.muster.kernel.Provenance;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Finds out who asks. A bearer token that is wrong is refused everywhere; a session cookie that is over counts as none,
 * so that its owner can sign in again. Cookies travel by themselves, so a change that comes with one must prove that
 * the console's own script sent it.
 */
final class SignInFilter implements WebFilter {

    private static final String BEARER = "bearer ";
    private static final int TOKEN_LENGTH_MAX = 16 * 1024;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Credentials credentials;
    private final @Nullable Oidc oidc;
    private final Revocations revocations;

    SignInFilter(Credentials credentials, @Nullable Oidc oidc, Revocations revocations) {
        this.credentials = credentials;
        this.oidc = oidc;
        this.revocations = revocations;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.deferContextual(context -> {
            Map<String, String> provenance =
                    context.<Map<String, String>>getOrEmpty(Provenance.class).orElse(Map.of());
            return signed(exchange.getRequest(), provenance)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(signed ->
                            signed.map(it -> go(it, exchange, chain)).orElseGet(() -> chain.filter(exchange)));
        });
    }

    private Mono<Void> go(Signed signed, ServerWebExchange exchange, WebFilterChain chain) {
        ServerWebExchange guarded = exchange.mutate()
                .response(revocations.guarding(exchange.getResponse(), signed, () -> Gate.ruleOf(exchange)))
                .build();
        Caller caller = signed.caller();
        // Last word to the sign-in: the chain has put an empty security context there before.
        return chain.filter(guarded)
                .contextWrite(context -> context.put(Caller.class, caller)
                        .put(SignedIn.class, signed.who())
                        .put(Standing.class, signed)
                        .put(Provenance.class, caller.provenance()))
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(signed));
    }

    private Mono<Signed> signed(ServerHttpRequest request, Map<String, String> provenance) {
        List<String> headers = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (headers.size() > 1) {
            return Mono.error(notValid());
        }
        if (!headers.isEmpty() && headers.getFirst().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return byToken(headers.getFirst().substring(BEARER.length()).strip(), provenance);
        }
        return Mono.defer(() -> Mono.justOrEmpty(bySession(request, provenance)));
    }

    private Mono<Signed> byToken(String token, Map<String, String> provenance) {
        if (token.startsWith(Credentials.TOKEN_START)) {
            return Mono.justOrEmpty(credentials.byToken(token))
                    .map(who -> new Signed(who, who.asCaller(provenance), () -> credentials.peekToken(token)))
                    .switchIfEmpty(Mono.error(SignInFilter::notValid));
        }
        if (oidc == null || token.length() > TOKEN_LENGTH_MAX) {
            return Mono.error(notValid());
        }
        return oidc.verified(token)
                .map(proof -> new Signed(proof.who(), proof.who().asCaller(provenance), proof.again()));
    }

    private Optional<Signed> bySession(ServerHttpRequest request, Map<String, String> provenance) {
        HttpCookie cookie = request.getCookies().getFirst(SessionCookies.SESSION);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Optional.empty();
        }
        String value = cookie.getValue();
        Optional<WithSession> session = credentials.bySession(value);
        session.filter(it -> !SAFE.contains(request.getMethod())).ifPresent(it -> onlyFromTheConsole(request, it));
        return session.map(
                it -> new Signed(it.who(), it.who().asCaller(provenance), () -> credentials.peekSession(value)));
    }

    private static void onlyFromTheConsole(ServerHttpRequest request, WithSession session) {
        String sent = request.getHeaders().getFirst(SessionCookies.CSRF_HEADER);
        if (sent == null
                || !MessageDigest.isEqual(sent.getBytes(UTF_8), session.csrf().getBytes(UTF_8))) {
            throw IdentityRefusal.CSRF_MISSING.because("A change with a session cookie needs the header X-XSRF-TOKEN.");
        }
    }

    private static RuntimeException notValid() {
        return IdentityRefusal.NOT_SIGNED_IN.because("This token is unknown, revoked or expired.");
    }
}
