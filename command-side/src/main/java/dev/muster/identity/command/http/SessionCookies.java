package dev.muster.identity.command.http;

import dev.muster.identity.command.Sessions.Opened;
import java.time.Duration;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/**
 * The two cookies of a session: the secret no script can read, and the token the console's script repeats in a header
 * to show that the request comes from it (double submit, compared with what the session holds).
 */
public final class SessionCookies {

    public static final String SESSION = "MUSTER_SESSION";
    public static final String CSRF = "XSRF-TOKEN";
    public static final String CSRF_HEADER = "X-XSRF-TOKEN";

    private SessionCookies() {}

    static void set(ServerWebExchange exchange, Opened session) {
        put(exchange, SESSION, session.cookie(), true, Duration.ofSeconds(-1));
        put(exchange, CSRF, session.csrf(), false, Duration.ofSeconds(-1));
    }

    static void clear(ServerWebExchange exchange) {
        put(exchange, SESSION, "", true, Duration.ZERO);
        put(exchange, CSRF, "", false, Duration.ZERO);
    }

    private static void put(ServerWebExchange exchange, String name, String value, boolean httpOnly, Duration life) {
        exchange.getResponse()
                .addCookie(ResponseCookie.from(name, value)
                        .httpOnly(httpOnly)
                        .secure("https".equals(exchange.getRequest().getURI().getScheme()))
                        .sameSite("Strict")
                        .path("/")
                        .maxAge(life)
                        .build());
    }
}
