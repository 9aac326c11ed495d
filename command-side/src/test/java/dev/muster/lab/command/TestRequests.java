package dev.muster.lab.command;

import dev.muster.kernel.Recorded;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequest.State;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.LabRequests;
import dev.muster.lab.ReservationId;
import dev.muster.lab.command.QueuedState.Absent;
import dev.muster.lab.command.QueuedState.Queued;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Requests folded from the log. */
final class TestRequests implements LabRequests {

    private final Map<ReservationId, QueuedState> states = new ConcurrentHashMap<>();
    private final Map<ReservationId, LabRequest> requests = new ConcurrentHashMap<>();
    private final List<Consumer<LabRequest>> hearers = new CopyOnWriteArrayList<>();

    void apply(Recorded recorded) {
        if (!(recorded.event() instanceof LabRequestEvent event)) {
            return;
        }
        QueuedState state = states.getOrDefault(event.id(), new Absent()).after(event);
        states.put(event.id(), state);
        if (state instanceof Queued queued) {
            LabRequest before = requests.get(event.id());
            LabRequest after = new LabRequest(
                    event.id(),
                    queued.wish(),
                    queued.state(),
                    queued.board(),
                    queued.tried(),
                    event instanceof RequestFailed e ? e.code() : null,
                    event instanceof RequestFailed e ? e.message() : null,
                    before == null ? recorded.at() : before.queuedAt(),
                    recorded.at(),
                    event instanceof RequestQueued || before == null ? recorded.position() : before.position());
            requests.put(event.id(), after);
            hearers.forEach(each -> each.accept(after));
        }
    }

    @Override
    public @Nullable LabRequest find(ReservationId id) {
        return requests.get(id);
    }

    @Override
    public List<LabRequest> waiting() {
        return requests.values().stream()
                .filter(each -> each.state() == State.WAITING)
                .sorted(Comparator.<LabRequest>comparingInt(each -> -each.wish().priority())
                        .thenComparingLong(LabRequest::position))
                .toList();
    }

    @Override
    public List<LabRequest> all() {
        return requests.values().stream()
                .sorted(Comparator.comparingLong(LabRequest::position).reversed())
                .toList();
    }

    @Override
    public int placeOf(ReservationId id) {
        return waiting().stream().map(LabRequest::id).toList().indexOf(id) + 1;
    }

    @Override
    public Mono<LabRequest> when(ReservationId id, Predicate<LabRequest> like, Duration waitMax) {
        return Mono.<LabRequest>create(sink -> {
                    Consumer<LabRequest> hearer = request -> {
                        if (request.id().equals(id) && like.test(request)) {
                            sink.success(request);
                        }
                    };
                    hearers.add(hearer);
                    sink.onDispose(() -> hearers.remove(hearer));
                    LabRequest now = requests.get(id);
                    if (now != null && like.test(now)) {
                        sink.success(now);
                    }
                })
                .timeout(waitMax, Mono.empty());
    }
}
