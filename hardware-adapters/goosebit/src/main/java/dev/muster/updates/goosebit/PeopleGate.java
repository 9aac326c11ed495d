package dev.muster.updates.goosebit;

import dev.muster.identity.Caller;
import dev.muster.identity.GoosebitGrants;
import dev.muster.identity.UserId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Who is signed in: by the cookie that the pages' script writes, else by a bearer token, which is a session of this wire
 * or an API token of this server (contract §6, §8.1). A browser sends the cookie with whatever page asks it to, so with
 * it a change is only taken from a page of this very server.
 */
final class PeopleGate {

    static final String COOKIE = "session_id";

    private static final String BEARER = "bearer ";
    private static final int TOKEN_LENGTH_MAX = 16 * 1024;

    private final GoosebitPorts ports;

    PeopleGate(GoosebitPorts ports) {
        this.ports = ports;
    }

    /** Whoever is signed in and may all of this. Fails with 401 or 403. */
    Mono<Guest> admit(Visit visit, List<String> scopes) {
        return guest(visit).map(guest -> {
            if (!guest.grants().allowsAll(scopes)) {
                throw WireFailure.forbidden();
            }
            return guest;
        });
    }

    private Mono<Guest> guest(Visit visit) {
        Map<String, String> circumstances = visit.circumstances(true);
        String cookie = cookie(visit);
        if (cookie != null) {
            Caller caller = session(cookie, circumstances);
            if (caller != null) {
                onlyOwnPages(visit);
                return Mono.just(guest(caller));
            }
        }
        String token = bearer(visit.headers);
        if (token == null) {
            return Mono.error(WireFailure.unauthorized("Not authenticated"));
        }
        Caller caller = session(token, circumstances);
        if (caller != null) {
            return Mono.just(guest(caller));
        }
        return ports.bearers()
                .callerOf(token, circumstances)
                .map(this::guest)
                .switchIfEmpty(Mono.error(() -> WireFailure.unauthorized("Not authenticated")));
    }

    /** Whether somebody is signed in, for pages that lead elsewhere when nobody is. */
    boolean isSignedIn(Visit visit) {
        String cookie = cookie(visit);
        String token = cookie == null ? bearer(visit.headers) : cookie;
        return token != null && ports.signIns().callerOf(token, Map.of()) != null;
    }

    private @Nullable Caller session(String secret, Map<String, String> circumstances) {
        if (ports.signIns().isDisabled(secret)) {
            throw WireFailure.unauthorized("Disabled user");
        }
        return ports.signIns().callerOf(secret, circumstances);
    }

    /** A person's list, if they have one; what an API token may is in the token. */
    private Guest guest(Caller caller) {
        List<String> listed = null;
        if (caller.kind() == Caller.Kind.USER) {
            listed = ports.grants().grantsOf(UserId.parse(caller.id()));
        }
        return new Guest(caller, listed == null ? GoosebitGrants.of(caller.permissions()) : new GoosebitGrants(listed));
    }

    static @Nullable String cookie(Visit visit) {
        HttpCookie cookie = visit.request.getCookies().getFirst(COOKIE);
        String value = cookie == null ? "" : cookie.getValue();
        return value.isEmpty() || value.length() > TOKEN_LENGTH_MAX ? null : value;
    }

    private static @Nullable String bearer(HttpHeaders headers) {
        List<String> all = headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (all.size() != 1 || all.getFirst().length() > TOKEN_LENGTH_MAX) {
            return null;
        }
        String header = all.getFirst();
        String token = header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : "";
        return token.isEmpty() ? null : token;
    }

    private static void onlyOwnPages(Visit visit) {
        if (visit.onlyLooks()) {
            return;
        }
        String site = visit.headers.getFirst("Sec-Fetch-Site");
        boolean ownSite = site == null || site.equals("same-origin") || site.equals("none");
        if (!ownSite || !isOwnOrigin(visit.headers)) {
            throw WireFailure.detail(403, "Changes with a cookie are taken from this server's own pages only");
        }
    }

    /** Programs send no origin; browsers do with each change. A proxy may have taken the port away. */
    private static boolean isOwnOrigin(HttpHeaders headers) {
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        if (origin == null) {
            return true;
        }
        String host = headers.getFirst(HttpHeaders.HOST);
        try {
            URI page = URI.create(origin);
            return host != null
                    && (host.equalsIgnoreCase(page.getRawAuthority()) || host.equalsIgnoreCase(page.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
