package dev.muster.server.security;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.OpenToAll;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.Role;
import dev.muster.kernel.RequestIds;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** An API with one of everything. */
@RestController
@ConditionalOnBooleanProperty("slice")
@RequestMapping("/api/v1")
public class SampleEndpoint {

    public record Thing(
            String name,
            @Nullable Role role,
            @Nullable Instant at,
            @Nullable Duration pause,
            @Nullable Integer count,
            @Nullable Map<String, String> labels,
            @Nullable List<Part> parts) {}

    public record Part(String kind) {
        public Part {
            if (kind.isBlank()) {
                throw IdentityRefusal.ROLE_UNKNOWN.because("a part needs a kind");
            }
        }
    }

    public final AtomicInteger made = new AtomicInteger();
    public volatile Sinks.Empty<Void> hold = released();
    public volatile @Nullable Map<String, String> provenance;
    private final RequestIds ids;

    public SampleEndpoint(RequestIds ids) {
        this.ids = ids;
    }

    private static Sinks.Empty<Void> released() {
        Sinks.Empty<Void> sink = Sinks.empty();
        sink.tryEmitEmpty();
        return sink;
    }

    @GetMapping("/open")
    @OpenToAll("a test")
    Mono<Map<String, String>> open() {
        return Mono.just(Map.of("open", "yes"));
    }

    @GetMapping("/slow")
    @OpenToAll("a test")
    Mono<Map<String, String>> slow() {
        return Mono.delay(Duration.ofMillis(50)).thenReturn(Map.of("slow", "yes"));
    }

    @PostMapping("/open")
    @OpenToAll("a test")
    Mono<Thing> openPost(@RequestBody Thing thing) {
        return Mono.just(thing);
    }

    @GetMapping("/things")
    @Requires(Permission.DEVICES_READ)
    Mono<Map<String, String>> things() {
        return Caller.current().map(caller -> {
            provenance = caller.provenance();
            return Map.of("actor", caller.actor());
        });
    }

    @GetMapping("/things/{id}")
    @Requires(Permission.DEVICES_READ)
    Mono<Map<String, String>> thing(@PathVariable String id, @RequestParam int limit) {
        return Mono.just(Map.of("id", id, "limit", "" + limit));
    }

    @PostMapping("/things")
    @Requires(Permission.DEVICES_WRITE)
    Mono<ResponseEntity<Map<String, Object>>> make(@RequestBody Thing thing) {
        return hold.asMono().then(ids.next()).map(id -> {
            made.incrementAndGet();
            return ResponseEntity.created(URI.create("/api/v1/things/" + id))
                    .eTag("\"1\"")
                    .body(Map.of("id", id, "name", thing.name(), "secret", "mst_once_only"));
        });
    }

    @PostMapping("/things/nothing")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DEVICES_WRITE)
    Mono<Void> nothing() {
        return Mono.fromRunnable(made::incrementAndGet);
    }

    @PostMapping("/things/secret")
    @Requires(Permission.DEVICES_WRITE)
    Mono<ResponseEntity<String>> secret() {
        return Mono.fromSupplier(() -> ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body("secret " + made.incrementAndGet()));
    }

    @PostMapping(path = "/things:bulk", consumes = "application/x-ndjson", produces = "application/x-ndjson")
    @Requires(Permission.DEVICES_WRITE)
    Flux<Thing> bulk(@RequestBody Flux<Thing> things) {
        return things.doOnNext(it -> made.incrementAndGet());
    }

    @PostMapping(path = "/upload", consumes = "application/octet-stream")
    @Requires(Permission.SOFTWARE_WRITE)
    Mono<Map<String, Object>> upload(@RequestBody Flux<DataBuffer> body) {
        return body.map(buffer -> {
                    int size = buffer.readableByteCount();
                    DataBufferUtils.release(buffer);
                    return (long) size;
                })
                .reduce(0L, Long::sum)
                .map(size -> {
                    made.incrementAndGet();
                    return Map.<String, Object>of("size", size);
                });
    }

    @DeleteMapping("/things/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.DEVICES_WRITE)
    Mono<Void> delete(@PathVariable String id) {
        return Mono.empty();
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Permission.EVENTS_READ)
    Flux<String> stream() {
        return Flux.concat(Flux.just("hello"), Flux.never());
    }

    @GetMapping("/fail/{how}")
    @OpenToAll("a test")
    Mono<Void> fail(@PathVariable String how) {
        return Mono.error(
                switch (how) {
                    case "refused" -> IdentityRefusal.LAST_ADMIN.because("no", Map.of("limit", 1));
                    case "paced" -> IdentityRefusal.TOO_MANY_ATTEMPTS.because("slow", Map.of("retryAfterSeconds", 7));
                    case "collision" -> new ConcurrencyException("two at once");
                    case "late" -> new TimeoutException("late");
                    default -> new IllegalStateException("password=hunter2 at /var/lib " + UUID.randomUUID());
                });
    }
}
