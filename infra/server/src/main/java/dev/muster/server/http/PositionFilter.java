package dev.muster.server.http;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Building on what one just wrote. A write that succeeded answers {@code Muster-Position}, at or after everything it
 * did; a request with {@code Muster-Min-Position} waits until memory and views have got that far, or is refused. A write
 * may need it as much as a read does: a device's first word with the token that it was given a moment ago.
 */
public final class PositionFilter implements WebFilter, Ordered {

    public static final String POSITION = "Muster-Position";
    public static final String MIN_POSITION = "Muster-Min-Position";
    private static final String PREFER = "Prefer";
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,5})\"?\\s*(?:$|[,;])");

    private final Positions positions;
    private final HttpSettings settings;

    public PositionFilter(Positions positions, HttpSettings settings) {
        this.positions = positions;
        this.settings = settings;
    }

    /** Behind security, before {@link IdempotencyFilter}, whose kept answers hold the position too. */
    @Override
    public int getOrder() {
        return 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!isRead(request.getMethod())) {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> tellPosition(exchange.getResponse())));
        }
        String least = request.getHeaders().getFirst(MIN_POSITION);
        if (least == null) {
            return chain.filter(exchange);
        }
        Optional<Duration> preferred = preferredWait(request);
        preferred.ifPresent(
                wait -> exchange.getResponse().getHeaders().set("Preference-Applied", "wait=" + wait.toSeconds()));
        Duration wait = preferred.orElse(settings.positionWait());
        long position = parsed(least);
        return Mono.when(positions.folded(position, wait), positions.viewed(position, wait))
                .then(chain.filter(exchange));
    }

    private void tellPosition(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        boolean succeeded = status == null || status.is2xxSuccessful();
        if (succeeded && response.getHeaders().getFirst(POSITION) == null) {
            response.getHeaders().set(POSITION, Long.toString(positions.committed()));
        }
    }

    private Optional<Duration> preferredWait(ServerHttpRequest request) {
        for (String preference : request.getHeaders().getOrEmpty(PREFER)) {
            Matcher matcher = WAIT.matcher(preference);
            if (matcher.find()) {
                long seconds = Math.min(
                        Long.parseLong(matcher.group(1)),
                        settings.positionWaitMax().toSeconds());
                return Optional.of(Duration.ofSeconds(seconds));
            }
        }
        return Optional.empty();
    }

    private static boolean isRead(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.HEAD;
    }

    private static long parsed(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw KernelRefusal.INVALID_REQUEST.because(MIN_POSITION + " is a whole number.");
        }
    }
}
