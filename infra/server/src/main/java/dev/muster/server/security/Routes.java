package dev.muster.server.security;

import dev.muster.identity.OpenToAll;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * The authorization table, made at start from the annotations on the handler methods. A request is judged by the very
 * method that will serve it: the same mapping is asked as the dispatcher asks, so there is no second idea of which
 * pattern wins. A handler of ours without {@link Requires} or {@link OpenToAll} stops the start.
 */
public final class Routes implements SmartInitializingSingleton {

    /**
     * A row of the table, for tests and documents.
     *
     * @param consumes media types of the body, empty for any
     */
    record Row(HttpMethod method, PathPattern pattern, Set<MediaType> consumes, RouteRule rule) {}

    private static final RouteRule DENIED = new RouteRule.Denied();
    private static final String OURS = "dev.muster.";

    private final RequestMappingHandlerMapping mapping;
    private final List<PathPattern> openPaths;
    private final Map<PathPattern, Permission> guardedPaths = new HashMap<>();
    private final Map<Method, RouteRule> rules = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    public Routes(RequestMappingHandlerMapping mapping, SecuritySettings settings) {
        PathPatternParser parser = PathPatternParser.defaultInstance;
        this.mapping = mapping;
        this.openPaths = settings.openPaths().stream().map(parser::parse).toList();
        settings.guardedPaths().forEach((path, permission) -> guardedPaths.put(parser.parse(path), permission));
    }

    @Override
    public void afterSingletonsInstantiated() {
        mapping.getHandlerMethods().forEach(this::add);
        rows.sort(Comparator.comparing((Row row) -> row.pattern().getPatternString())
                .thenComparing(row -> row.method().name()));
    }

    private void add(RequestMappingInfo info, HandlerMethod handler) {
        RouteRule rule = ruleOf(handler);
        if (rule instanceof RouteRule.Denied && handler.getBeanType().getName().startsWith(OURS)) {
            throw new IllegalStateException(handler + " says neither @Requires nor @OpenToAll");
        }
        rules.put(handler.getMethod(), rule);
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.values()) : methods) {
                rows.add(new Row(
                        method.asHttpMethod(),
                        pattern,
                        info.getConsumesCondition().getConsumableMediaTypes(),
                        rule));
            }
        }
    }

    private static RouteRule ruleOf(HandlerMethod handler) {
        Requires requires = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Requires.class);
        OpenToAll open = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), OpenToAll.class);
        if (requires != null && open != null) {
            throw new IllegalStateException(handler + " says both @Requires and @OpenToAll");
        }
        if (requires != null) {
            return new RouteRule.Needs(requires.value());
        }
        return open == null ? DENIED : new RouteRule.Open(open.value());
    }

    /** The whole table, sorted by pattern. */
    List<Row> table() {
        return List.copyOf(rows);
    }

    /**
     * The rule for this request. A request that fits a path but not its method or media type has no handler; it is
     * open when everything at that path is, so that the dispatcher can say what is wrong with it.
     */
    Mono<RouteRule> of(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        for (Map.Entry<PathPattern, Permission> guarded : guardedPaths.entrySet()) {
            if (guarded.getKey().matches(path)) {
                return Mono.just(new RouteRule.Needs(guarded.getValue()));
            }
        }
        return mapping.getHandler(exchange)
                .map(handler -> handler instanceof HandlerMethod method
                        ? rules.getOrDefault(method.getMethod(), DENIED)
                        : DENIED)
                .onErrorResume(ErrorResponse.class::isInstance, e -> Mono.just(misfit(path)))
                .defaultIfEmpty(DENIED)
                .map(rule -> rule instanceof RouteRule.Denied && isOpenFile(exchange, path)
                        ? new RouteRule.Open("a file anyone may read")
                        : rule);
    }

    /** Any signed-in person may learn that a method or media type is wrong; others only where all is open. */
    private RouteRule misfit(PathContainer path) {
        List<Row> here =
                rows.stream().filter(row -> row.pattern().matches(path)).toList();
        return !here.isEmpty() && here.stream().allMatch(row -> row.rule() instanceof RouteRule.Open)
                ? new RouteRule.Open("the dispatcher refuses it")
                : new RouteRule.Needs(Permission.OWN_ACCOUNT);
    }

    private boolean isOpenFile(ServerWebExchange exchange, PathContainer path) {
        HttpMethod method = exchange.getRequest().getMethod();
        return (method == HttpMethod.GET || method == HttpMethod.HEAD)
                && openPaths.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
