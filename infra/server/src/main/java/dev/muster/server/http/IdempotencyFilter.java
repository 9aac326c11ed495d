package dev.muster.server.http;

import dev.muster.identity.Caller;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.RequestKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Saying it twice changes nothing: a POST with an {@code Idempotency-Key} that succeeded is answered from what was kept
 * (IETF draft idempotency-key-header). Refusals are not kept, and neither is what says {@code no-store}, such as a
 * secret that is to be destroyed with its device: a retry asks again. Should the server stop between doing and keeping,
 * the ids that follow from the key ({@link KeyedRequestIds}) make the retry meet what was done.
 * Without anyone signed in, as at the sign-in itself, keys mean nothing.
 */
public final class IdempotencyFilter implements WebFilter, Ordered {

    public static final String KEY = "Idempotency-Key";
    public static final String REPLAYED = "Idempotency-Replayed";
    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final int KEY_LENGTH_MAX = 255;

    private final IdempotencyRecords records;
    private final HttpSettings settings;
    private final Clock clock;
    private final Map<String, Object> running = new ConcurrentHashMap<>();

    public IdempotencyFilter(IdempotencyRecords records, HttpSettings settings, Clock clock) {
        this.records = records;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return 20;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        List<String> keys = exchange.getRequest().getHeaders().getOrEmpty(KEY);
        if (keys.isEmpty() || exchange.getRequest().getMethod() != HttpMethod.POST) {
            return chain.filter(exchange);
        }
        String key = aKey(keys);
        return Mono.deferContextual(context -> context.<Caller>getOrEmpty(Caller.class)
                .map(caller -> oneAtATime(KeySeal.of(caller.actor(), key), key, exchange, chain))
                .orElseGet(() -> chain.filter(exchange)));
    }

    private static String aKey(List<String> keys) {
        String key = keys.getFirst();
        boolean wrong = keys.size() > 1
                || key.isBlank()
                || key.length() > KEY_LENGTH_MAX
                || key.chars().anyMatch(each -> each < 0x20 || each > 0x7e);
        if (wrong) {
            throw KernelRefusal.INVALID_REQUEST.because(KEY + " is one value of 1 to 255 printable ASCII characters.");
        }
        return key;
    }

    private Mono<Void> oneAtATime(KeySeal seal, String key, ServerWebExchange exchange, WebFilterChain chain) {
        if (running.size() >= settings.keysInFlightMax()) {
            throw KernelRefusal.OVERLOADED.because("Too many keyed requests are running.");
        }
        Object turn = new Object();
        if (running.putIfAbsent(seal.name(), turn) != null) {
            throw KernelRefusal.KEY_IN_USE.because("A request with this key is still running.");
        }
        // The key is free before the caller can see the answer, or their next request would meet its own predecessor.
        Runnable free = () -> running.remove(seal.name(), turn);
        return KeyedBody.of(exchange.getRequest(), settings.bodyBytesMax())
                .flatMap(body -> kept(seal).flatMap(kept -> {
                    if (kept.isPresent()) {
                        free.run();
                        return replay(kept.get(), body, exchange);
                    }
                    return run(seal, key, body, exchange, chain, free);
                }))
                .onErrorResume(e -> {
                    free.run();
                    return Mono.error(e);
                })
                .doFinally(end -> free.run());
    }

    private Mono<Optional<KeptAnswer>> kept(KeySeal seal) {
        return Mono.fromCallable(() -> records.get(seal.name())
                        .flatMap(seal::opened)
                        .flatMap(bytes -> Optional.ofNullable(KeptAnswer.read(bytes))))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<Void> replay(KeptAnswer answer, KeyedBody body, ServerWebExchange exchange) {
        if (!answer.digest().equals(body.digest())) {
            return Mono.error(KernelRefusal.KEY_REUSED.because("This key came with another request before."));
        }
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        answer.headers().forEach(response.getHeaders()::set);
        response.getHeaders().set(REPLAYED, "true");
        if (answer.body().length == 0) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(answer.body().length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
    }

    private Mono<Void> run(
            KeySeal seal, String key, KeyedBody body, ServerWebExchange exchange, WebFilterChain chain, Runnable free) {
        AnswerTap tap =
                new AnswerTap(exchange.getResponse(), settings.answerBytesMax(), answer -> keep(seal, body, answer)
                        .doFinally(end -> free.run()));
        ServerWebExchange tapped =
                exchange.mutate().request(body.request()).response(tap).build();
        return chain.filter(tapped).contextWrite(context -> context.put(RequestKey.class, new RequestKey(key)));
    }

    private Mono<Void> keep(KeySeal seal, KeyedBody body, AnswerTap tap) {
        HttpStatusCode status = tap.getStatusCode();
        int code = status == null ? 200 : status.value();
        boolean fits = code >= 200 && code <= 299 && !tap.isTooLarge() && !tap.isNotToBeKept();
        if (!fits || !tap.getCookies().isEmpty()) {
            return Mono.empty();
        }
        KeptAnswer answer = KeptAnswer.of(body.digest(), code, tap.getHeaders(), tap.copied());
        return Mono.<Void>fromRunnable(() -> records.put(
                        seal.name(),
                        seal.sealed(answer.bytes()),
                        clock.instant().plus(settings.keyLife())))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(e -> {
                    // What was asked for has happened; not remembering the answer is no reason to deny that.
                    LOG.warn("The answer to a keyed request was not kept", e);
                    return Mono.empty();
                });
    }
}
