package dev.muster.overview.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.overview.query.CloudEvent;
import dev.muster.overview.query.EventFilter;
import dev.muster.overview.query.EventSettings;
import dev.muster.overview.query.PublicEvents;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Public events, live and in pages. */
@RestController
public class EventReads {

    private final History history;
    private final Positions positions;
    private final PublicEvents events;
    private final EventSettings settings;
    private final AtomicInteger streams = new AtomicInteger();

    public EventReads(History history, Positions positions, PublicEvents events, EventSettings settings) {
        this.history = history;
        this.positions = positions;
        this.events = events;
        this.settings = settings;
    }

    /** @param next where the next page starts: pass it as {@code after} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Feed(List<CloudEvent> items, String next) {}

    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Permission.EVENTS_READ)
    @Operation(
            summary = "Live events as CloudEvents over SSE; resumes after Last-Event-ID or ?after",
            description = "The first event, muster.position, tells where the stream starts. A reader that is too slow "
                    + "is cut with a last event, muster.resume, that tells where to resume.")
    public Flux<ServerSentEvent<Object>> live(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        // A browser that reconnects repeats its address, ?after included, and sends the header beside it.
        String from = lastEventId == null || lastEventId.isBlank() ? after : lastEventId;
        long position = position(from, positions.committed());
        return Caller.current()
                .map(caller -> new EventFilter(events, caller, type, subject, settings))
                .flatMapMany(filter -> Flux.using(
                        this::opened, stream -> stream.from(position, filter), stream -> streams.decrementAndGet()));
    }

    private EventStream opened() {
        if (streams.incrementAndGet() > settings.streamsMax()) {
            streams.decrementAndGet();
            throw KernelRefusal.OVERLOADED.because("There are " + settings.streamsMax() + " live streams already.");
        }
        return new EventStream(history, positions, events, settings);
    }

    @GetMapping("/api/v1/events/feed")
    @Requires(Permission.EVENTS_READ)
    @Operation(summary = "Events in pages, oldest first, for those who cannot hold a stream")
    public Mono<Feed> feed(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Pages.limit(limit);
        long from = position(after, -1);
        long end = positions.committed();
        return Caller.current()
                .map(caller -> new EventFilter(events, caller, type, subject, settings))
                .flatMap(filter -> from >= end
                        ? Mono.just(new Feed(List.of(), Long.toString(from)))
                        : page(filter, from, end, most));
    }

    private Mono<Feed> page(EventFilter filter, long from, long end, int limit) {
        AtomicInteger wanted = new AtomicInteger();
        return history.after(from)
                .take(settings.scanMax())
                .takeUntil(recorded ->
                        recorded.position() >= end || (filter.wants(recorded) && wanted.incrementAndGet() == limit))
                .collectList()
                .timeout(settings.scanWait())
                .map(scanned -> new Feed(
                        scanned.stream()
                                .filter(filter::wants)
                                .map(events::translate)
                                .filter(Objects::nonNull)
                                .toList(),
                        Long.toString(scanned.isEmpty() ? from : last(scanned).position())));
    }

    private static Recorded last(List<Recorded> scanned) {
        return scanned.getLast();
    }

    private static long position(@Nullable String text, long otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            return Math.max(-1, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw KernelRefusal.INVALID_CURSOR.because("A position is a number.");
        }
    }
}
