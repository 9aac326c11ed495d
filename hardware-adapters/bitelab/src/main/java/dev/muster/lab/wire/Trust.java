package dev.muster.lab.wire;

import dev.muster.identity.BearerTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Who may come in: whoever shows a token that is one of ours and allows what is asked for (contract §3); to a console
 * also a page of ours with a ticket.
 */
final class Trust {

    private static final String BEARER = "bearer ";
    private static final String TICKET = "ticket";
    private static final int TOKEN_LENGTH_MAX = 4096;

    private final BearerTokens tokens;
    private final Tickets tickets;

    Trust(BitelabPorts ports) {
        this.tokens = ports.tokens();
        this.tickets = ports.tickets();
    }

    /** Completes when the visitor may do what it came for; fails with 401 or 403. */
    Mono<Void> admit(Visit visit) {
        Target target = visit.route().target();
        if (target.need == Need.NOTHING) {
            return Mono.empty();
        }
        List<String> headers = visit.headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
        String ticket =
                headers.isEmpty() && target == Target.CONSOLE ? visit.query().last(TICKET) : null;
        if (ticket != null) {
            return byTicket(visit, ticket);
        }
        String token = token(headers);
        return token == null
                ? Mono.error(WireFailure.unauthorized())
                : admit(visit, new Proof.OfToken(tokens, token), false);
    }

    /** A page of somebody else's must not even use the ticket up. */
    private Mono<Void> byTicket(Visit visit, String ticket) {
        if (!Origin.isOwn(visit.headers)) {
            return Mono.error(new WireFailure(403, "forbidden", "Tickets are for pages of this server."));
        }
        Proof proof = tickets.take(ticket, visit.route().name());
        return proof == null ? Mono.error(WireFailure.unauthorized()) : admit(visit, proof, true);
    }

    private static Mono<Void> admit(Visit visit, Proof proof, boolean isPage) {
        Need need = visit.route().target().need;
        return proof.callerOf(visit.circumstances())
                .switchIfEmpty(Mono.error(WireFailure::unauthorized))
                .flatMap(caller -> {
                    visit.admit(caller, proof, isPage);
                    return need.isMetBy(caller) ? Mono.empty() : Mono.error(WireFailure.forbidden(need.scope));
                });
    }

    private static @Nullable String token(List<String> headers) {
        if (headers.size() != 1) {
            return null;
        }
        String header = headers.getFirst();
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String token = bearer && header.length() <= TOKEN_LENGTH_MAX
                ? header.substring(BEARER.length()).strip()
                : "";
        return token.isEmpty() ? null : token;
    }
}
