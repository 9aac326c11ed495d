package dev.muster.lab.wire;

import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.LabRequests;
import dev.muster.lab.ReservationId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The queue. */
final class FakeRequests implements LabRequests {

    private final Map<ReservationId, LabRequest> known = new LinkedHashMap<>();
    private final Sinks.Many<LabRequest> news = Sinks.many().multicast().directBestEffort();

    LabRequest waiting(ReservationId id, Wish wish) {
        return put(
                new LabRequest(id, wish, LabRequest.State.WAITING, null, 0, null, null, FakeLab.NOW, FakeLab.NOW, 1));
    }

    LabRequest become(LabRequest it, LabRequest.State state) {
        return put(new LabRequest(it.id(), it.wish(), state, it.board(), 0, null, null, FakeLab.NOW, FakeLab.NOW, 1));
    }

    private LabRequest put(LabRequest request) {
        synchronized (known) {
            known.put(request.id(), request);
        }
        news.tryEmitNext(request);
        return request;
    }

    int watchers() {
        return news.currentSubscriberCount();
    }

    @Override
    public @Nullable LabRequest find(ReservationId id) {
        synchronized (known) {
            return known.get(id);
        }
    }

    @Override
    public List<LabRequest> waiting() {
        return all().stream()
                .filter(each -> each.state() == LabRequest.State.WAITING)
                .toList();
    }

    @Override
    public List<LabRequest> all() {
        synchronized (known) {
            return new ArrayList<>(known.values());
        }
    }

    @Override
    public int placeOf(ReservationId id) {
        return waiting().indexOf(find(id)) + 1;
    }

    @Override
    public Mono<LabRequest> when(ReservationId id, Predicate<LabRequest> like, Duration waitMax) {
        return news.asFlux()
                .filter(each -> each.id().equals(id) && like.test(each))
                .next()
                .timeout(waitMax, Mono.empty());
    }
}
