package dev.muster.lab.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequest.State;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestExpired;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestGranted;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.LabRequestEvent.RequestReturned;
import dev.muster.lab.LabRequests;
import dev.muster.lab.ReservationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Queued requests, folded from the log: all that wait or are being served, and of those that are over the ones that
 * ended last. One thread writes, each time a whole new request; readers take no lock.
 */
public final class RequestIndex implements Fold, LabRequests {

    /** A place in the queue. */
    private record Place(int priority, long position) {}

    private static final Comparator<Place> FIRST_SERVED =
            Comparator.comparingInt(Place::priority).reversed().thenComparingLong(Place::position);

    private final ConcurrentHashMap<ReservationId, LabRequest> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, LabRequest> newestFirst =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private final ConcurrentSkipListMap<Place, LabRequest> queue = new ConcurrentSkipListMap<>(FIRST_SERVED);
    /** Those that are over, in the order in which they ended; the writer's own. */
    private final Deque<ReservationId> over = new ArrayDeque<>();

    private final Waiters<ReservationId, LabRequest> waiters;
    private final int overMax;

    /** @param scheduler for time-outs and answers of {@link #when}; its threads are not held up */
    public RequestIndex(Scheduler scheduler, LabReadSettings settings) {
        this.waiters = new Waiters<>(this::find, false, settings.waitersMax(), scheduler);
        this.overMax = settings.overMax();
    }

    @Override
    public String name() {
        return "lab-requests";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof LabRequestEvent event)) {
            return;
        }
        LabRequest before = byId.get(event.id());
        LabRequest after = after(before, event, recorded);
        if (after == null) {
            return;
        }
        byId.put(after.id(), after);
        newestFirst.put(after.position(), after);
        Place place = new Place(after.wish().priority(), after.position());
        if (after.state() == State.WAITING) {
            queue.put(place, after);
        } else {
            queue.remove(place);
        }
        if (after.state().isOver() && (before == null || !before.state().isOver())) {
            ended(after.id());
        }
        waiters.tell(after.id(), after);
    }

    private static @Nullable LabRequest after(@Nullable LabRequest before, LabRequestEvent event, Recorded recorded) {
        if (event instanceof RequestQueued queued) {
            return new LabRequest(
                    queued.id(),
                    queued.wish(),
                    State.WAITING,
                    null,
                    0,
                    null,
                    null,
                    recorded.at(),
                    recorded.at(),
                    recorded.position());
        }
        if (before == null) {
            return null;
        }
        Instant at = recorded.at();
        int tried = before.boardsTried();
        return switch (event) {
            case RequestQueued e -> before;
            case RequestGranted e -> with(before, State.GRANTED, e.board(), tried, at);
            case RequestReturned e -> with(before, State.WAITING, null, tried + 1, at);
            case RequestFulfilled e -> with(before, State.FULFILLED, e.board(), tried, at);
            case RequestFailed e -> failed(before, e, at);
            case RequestCancelled e -> with(before, State.CANCELLED, before.board(), tried, at);
            case RequestExpired e -> with(before, State.EXPIRED, before.board(), tried, at);
        };
    }

    private static LabRequest with(
            LabRequest before, State state, @Nullable BoardName board, int boardsTried, Instant at) {
        return new LabRequest(
                before.id(),
                before.wish(),
                state,
                board,
                boardsTried,
                null,
                null,
                before.queuedAt(),
                at,
                before.position());
    }

    /** One that fails while a board is prepared for it failed with that board. */
    private static LabRequest failed(LabRequest before, RequestFailed event, Instant at) {
        int tried = before.boardsTried() + (before.state() == State.GRANTED ? 1 : 0);
        return new LabRequest(
                before.id(),
                before.wish(),
                State.FAILED,
                before.board(),
                tried,
                event.code(),
                event.message(),
                before.queuedAt(),
                at,
                before.position());
    }

    private void ended(ReservationId id) {
        over.addLast(id);
        if (over.size() > overMax) {
            LabRequest forgotten = byId.remove(over.removeFirst());
            if (forgotten != null) {
                newestFirst.remove(forgotten.position());
            }
        }
    }

    @Override
    public @Nullable LabRequest find(ReservationId id) {
        return byId.get(id);
    }

    @Override
    public List<LabRequest> waiting() {
        return List.copyOf(queue.values());
    }

    @Override
    public List<LabRequest> all() {
        return List.copyOf(newestFirst.values());
    }

    /** Those queued before a position, newest first. */
    public Collection<LabRequest> before(long position) {
        return Collections.unmodifiableCollection(
                newestFirst.tailMap(position, false).values());
    }

    @Override
    public int placeOf(ReservationId id) {
        LabRequest request = byId.get(id);
        if (request == null || request.state() != State.WAITING) {
            return 0;
        }
        Place place = new Place(request.wish().priority(), request.position());
        return 1 + queue.headMap(place, false).size();
    }

    /** The places of all that wait, counted from 1. */
    public Map<ReservationId, Integer> places() {
        Map<ReservationId, Integer> places = new HashMap<>();
        for (LabRequest each : queue.values()) {
            places.put(each.id(), places.size() + 1);
        }
        return places;
    }

    @Override
    public Mono<LabRequest> when(ReservationId id, Predicate<LabRequest> like, Duration waitMax) {
        return waiters.when(id, like, waitMax);
    }

    /** How many callers of {@link #when} wait. For metrics. */
    public int callersWaiting() {
        return waiters.size();
    }

    /** How many requests wait for a board. For metrics. */
    public int waitingCount() {
        return queue.size();
    }
}
