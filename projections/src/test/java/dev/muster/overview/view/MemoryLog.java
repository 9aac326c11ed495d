package dev.muster.overview.view;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The log in a list. Readers ask for more as they go, and wait at the end. */
public final class MemoryLog implements History {

    public static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final int CHUNK = 1000;

    private final List<Recorded> events = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Sinks.Many<Integer> size = Sinks.many().replay().latest();

    /** Records an event a second after the one before. */
    public Recorded record(String aggregate, Object event) {
        return recordAt(START.plusSeconds(events.size()), aggregate, event);
    }

    public synchronized Recorded recordAt(Instant at, String aggregate, Object event) {
        long sequence = sequences.merge(aggregate, 0L, (before, zero) -> before + 1);
        Recorded recorded = new Recorded(
                events.size(), "event-" + events.size(), at, event, aggregate, sequence, Map.of("actor", "user:ann"));
        events.add(recorded);
        size.emitNext(events.size(), Sinks.EmitFailureHandler.FAIL_FAST);
        return recorded;
    }

    public synchronized long end() {
        return events.size() - 1;
    }

    public synchronized List<Recorded> all() {
        return List.copyOf(events);
    }

    private synchronized List<Recorded> chunk(long after) {
        int from = (int) Math.min(after + 1, events.size());
        return List.copyOf(events.subList(from, Math.min(events.size(), from + CHUNK)));
    }

    @Override
    public Flux<Recorded> after(long position) {
        return Flux.defer(() -> {
            AtomicLong at = new AtomicLong(position);
            return Mono.defer(() -> size.asFlux()
                            .startWith(0)
                            .map(any -> chunk(at.get()))
                            .filter(chunk -> !chunk.isEmpty())
                            .next())
                    .doOnNext(chunk -> at.set(chunk.getLast().position()))
                    .repeat()
                    .concatMapIterable(chunk -> chunk, 1);
        });
    }

    @Override
    public synchronized List<Recorded> before(long position, int limit) {
        int to = (int) Math.min(position, events.size());
        return List.copyOf(events.subList(Math.max(0, to - limit), to)).reversed();
    }

    @Override
    public synchronized List<Recorded> of(String aggregate) {
        return events.stream()
                .filter(each -> aggregate.equals(each.aggregate()))
                .toList();
    }

    @Override
    public synchronized Recorded at(long position) {
        return position >= 0 && position < events.size() ? events.get((int) position) : null;
    }
}
