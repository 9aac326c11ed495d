package dev.muster.testing;

import dev.muster.kernel.Fold;
import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The log in a list; every event goes to the folds at once. Readers ask for more as they go, and wait at the end. */
public final class MemoryLog implements History, Positions {

    public static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private static final int CHUNK = 1000;
    private static final Map<String, Object> BY_ANN =
            Map.of("actor", "user:ann", "command", "test.Command", "correlation", "c1");

    private final List<Recorded> events = new ArrayList<>();
    private final List<Fold> folds;
    private final Map<String, Long> sequences = new HashMap<>();
    private final Sinks.Many<Integer> size = Sinks.many().replay().latest();
    /** A live reader that falls this far behind is failed; by default none is. */
    public volatile int behindMax = Integer.MAX_VALUE;

    public MemoryLog(Fold... folds) {
        this.folds = List.of(folds);
    }

    /** Records what Ann did, a second after the event before. */
    public Recorded record(@Nullable String aggregate, Object event) {
        return record(aggregate, event, BY_ANN);
    }

    public synchronized Recorded record(@Nullable String aggregate, Object event, Map<String, Object> metadata) {
        return append(START.plusSeconds(events.size()), aggregate, event, metadata);
    }

    public Recorded recordAt(Instant at, @Nullable String aggregate, Object event) {
        return append(at, aggregate, event, BY_ANN);
    }

    private synchronized Recorded append(
            Instant at, @Nullable String aggregate, Object event, Map<String, Object> metadata) {
        long sequence = aggregate == null ? 0 : sequences.merge(aggregate, 0L, (before, zero) -> before + 1);
        Recorded recorded =
                new Recorded(events.size(), "event-" + events.size(), at, event, aggregate, sequence, metadata);
        events.add(recorded);
        folds.forEach(fold -> fold.apply(recorded));
        size.emitNext(events.size(), Sinks.EmitFailureHandler.FAIL_FAST);
        return recorded;
    }

    public synchronized List<Recorded> all() {
        return List.copyOf(events);
    }

    private synchronized List<Recorded> chunk(long after) {
        if (events.size() - after - 1 > behindMax) {
            throw KernelRefusal.OVERLOADED.because("too slow");
        }
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
    public synchronized @Nullable Recorded at(long position) {
        return position >= 0 && position < events.size() ? events.get((int) position) : null;
    }

    @Override
    public synchronized long committed() {
        return events.size() - 1;
    }

    @Override
    public long folded() {
        return committed();
    }

    @Override
    public Mono<Void> folded(long position, Duration waitMax) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> viewed(long position, Duration waitMax) {
        return Mono.empty();
    }
}
