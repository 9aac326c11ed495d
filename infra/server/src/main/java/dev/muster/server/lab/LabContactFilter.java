package dev.muster.server.lab;

import dev.muster.identity.Caller;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabContacts;
import dev.muster.lab.ReservationId;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Whoever asks the native API about a board or reservation by its name is there; it stands behind the sign-in. */
public final class LabContactFilter implements WebFilter, Ordered {

    private static final PathPattern BOARD = PathPatternParser.defaultInstance.parse("/api/v1/lab/boards/{name}/**");
    private static final PathPattern RESERVATION =
            PathPatternParser.defaultInstance.parse("/api/v1/lab/reservations/{name}");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** Behind the guard, which says who asks and whether they may. */
    private static final int ORDER = 20;

    private final LabContacts contacts;

    public LabContactFilter(LabContacts contacts) {
        this.contacts = contacts;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        String board = name(BOARD, path);
        if (board != null && BoardName.isName(board)) {
            BoardName name = new BoardName(board);
            return noticed(person -> contacts.heard(name, person), exchange, chain);
        }
        String reservation = name(RESERVATION, path);
        if (reservation != null && ID.matcher(reservation).matches()) {
            ReservationId id = new ReservationId(UUID.fromString(reservation));
            return noticed(person -> contacts.heard(id, person), exchange, chain);
        }
        return chain.filter(exchange);
    }

    private static @Nullable String name(PathPattern pattern, PathContainer path) {
        PathPattern.PathMatchInfo match = pattern.matchAndExtract(path);
        return match == null ? null : match.getUriVariables().get("name");
    }

    private static Mono<Void> noticed(Consumer<String> hears, ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.deferContextual(context -> {
            context.<Caller>getOrEmpty(Caller.class).ifPresent(caller -> hears.accept(caller.person()));
            return chain.filter(exchange);
        });
    }
}
