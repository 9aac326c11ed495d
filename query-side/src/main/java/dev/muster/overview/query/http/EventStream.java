package dev.muster.overview.query.http;

import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.overview.query.CloudEvent;
import dev.muster.overview.query.EventFilter;
import dev.muster.overview.query.EventSettings;
import dev.muster.overview.query.PublicEvents;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * One reader's live stream. Its id is always the position that everything before was sent for, so whatever happens to
 * the connection, the reader resumes without a gap: heartbeats overtake waiting events and therefore carry no id.
 */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    static final String POSITION = "muster.position";
    static final String RESUME = "muster.resume";

    private final History history;
    private final Positions positions;
    private final PublicEvents events;
    private final EventSettings settings;
    // What the reader was told last, how far its filter has looked, whether it was ever up to date: touched by one
    // signal at a time.
    private long told;
    private long looked;
    private boolean upToDate;

    EventStream(History history, Positions positions, PublicEvents events, EventSettings settings) {
        this.history = history;
        this.positions = positions;
        this.events = events;
        this.settings = settings;
    }

    /** @param position where the reader is; {@code code} tells why a stream was cut */
    record Place(long position, @Nullable String code) {}

    Flux<ServerSentEvent<Object>> from(long position, EventFilter filter) {
        told = position;
        looked = position;
        upToDate = position >= positions.committed();
        Sinks.Empty<Void> over = Sinks.empty();
        Flux<ServerSentEvent<Object>> live = history.after(position)
                .<ServerSentEvent<Object>>handle((recorded, sink) -> {
                    if (tooSlow(recorded)) {
                        sink.next(cut(KernelRefusal.OVERLOADED.because("The reader is too slow.")));
                        sink.complete();
                        return;
                    }
                    ServerSentEvent<Object> event = event(recorded, filter);
                    if (event != null) {
                        sink.next(event);
                    }
                })
                .onErrorResume(failure -> Flux.just(cut(failure)))
                .doFinally(signal -> over.tryEmitEmpty());
        Flux<ServerSentEvent<Object>> heartbeats = Flux.interval(settings.heartbeat())
                .onBackpressureDrop()
                .map(tick -> ServerSentEvent.builder().comment("still here").build())
                .takeUntilOther(over.asMono());
        return Flux.concat(Flux.just(place(POSITION, position, null)), Flux.merge(live, heartbeats));
    }

    /**
     * History is read as the reader takes it, so nothing piles up here. But who was up to date and now is thousands
     * of events behind will not catch up by itself, and shall know. Who reads old history takes the time it takes.
     */
    private boolean tooSlow(Recorded next) {
        long behind = positions.committed() - next.position();
        if (behind <= 0) {
            upToDate = true;
        }
        return upToDate && behind > settings.behindMax();
    }

    private @Nullable ServerSentEvent<Object> event(Recorded recorded, EventFilter filter) {
        looked = recorded.position();
        CloudEvent event = filter.wants(recorded) ? events.translate(recorded) : null;
        if (event != null) {
            told = looked;
            return ServerSentEvent.<Object>builder(event)
                    .id(Long.toString(looked))
                    .event(event.type())
                    .build();
        }
        if (looked - told >= settings.markEvery()) {
            told = looked;
            return place(POSITION, looked, null);
        }
        return null;
    }

    private ServerSentEvent<Object> cut(Throwable failure) {
        String code = Refused.in(failure).map(refusal -> refusal.code()).orElse(KernelRefusal.OVERLOADED.code());
        LOG.info("A live stream ends at position {}: {}", looked, failure.toString());
        return place(RESUME, looked, code);
    }

    private static ServerSentEvent<Object> place(String event, long position, @Nullable String code) {
        return ServerSentEvent.<Object>builder(new Place(position, code))
                .id(Long.toString(position))
                .event(event)
                .build();
    }
}
