package dev.muster.server.lab;

import dev.muster.identity.Caller;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabContacts;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Whoever asks the native API about a board by its name is there; it stands behind the sign-in. */
public final class LabContactFilter implements WebFilter, Ordered {

    private static final PathPattern BOARD = PathPatternParser.defaultInstance.parse("/api/v1/lab/boards/{name}/**");
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
        PathPattern.PathMatchInfo match = BOARD.matchAndExtract(path);
        String name = match == null ? null : match.getUriVariables().get("name");
        if (name == null || !BoardName.isName(name)) {
            return chain.filter(exchange);
        }
        return Mono.deferContextual(context -> {
            context.<Caller>getOrEmpty(Caller.class)
                    .ifPresent(caller -> contacts.heard(new BoardName(name), caller.person()));
            return chain.filter(exchange);
        });
    }
}
