package dev.muster.server.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Writes what {@link Problems} says. A fault of ours is logged once, with the trace id the caller gets to see. */
public final class ProblemHandler implements WebExceptionHandler, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final Problems problems;
    private final JsonMapper json;

    public ProblemHandler(Problems problems, JsonMapper json) {
        this.problems = problems;
        this.json = json;
    }

    /** Before Spring Boot's own handler, which stands at -1. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (AbortedException.isConnectionReset(failure)) {
            return Mono.empty();
        }
        TraceContext trace = TraceContext.of(exchange);
        Problem problem = problems.of(failure, trace == null ? null : trace.traceId());
        if (problem.status() == 500) {
            LOG.error(
                    "{} {} failed, trace {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath(),
                    problem.traceId(),
                    failure);
        }
        return response.isCommitted() ? Mono.error(failure) : write(exchange, problem, failure);
    }

    /** Answers with a problem, also where no exception travels, such as the firewall. */
    public Mono<Void> write(ServerWebExchange exchange, Problem problem, @Nullable Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        HttpHeaders headers = response.getHeaders();
        headers.remove(HttpHeaders.ETAG);
        headers.remove(HttpHeaders.LOCATION);
        headers.remove(HttpHeaders.CONTENT_DISPOSITION);
        if (failure instanceof ErrorResponse error) {
            error.getHeaders().forEach(headers::addAll);
        }
        if (problem.status() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"muster\"");
        }
        if (problem.retryable()) {
            headers.set(HttpHeaders.RETRY_AFTER, Problems.retryAfter(problem));
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = json.writeValueAsBytes(problem);
        headers.setContentLength(body.length);
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            return response.setComplete();
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** A problem of HTTP itself for this exchange. */
    public Mono<Void> write(ServerWebExchange exchange, HttpStatusCode status, String detail) {
        TraceContext trace = TraceContext.of(exchange);
        return write(exchange, problems.http(status, detail, trace == null ? null : trace.traceId()), null);
    }
}
