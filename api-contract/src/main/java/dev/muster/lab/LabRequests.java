package dev.muster.lab;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Queued requests, in memory on each node, folded from the log: all that wait, and the newest of those that are over. */
public interface LabRequests {

    @Nullable
    LabRequest find(ReservationId id);

    /** Those that wait, in the order in which they are served: priority, then age. */
    List<LabRequest> waiting();

    /** Those known, newest first. */
    List<LabRequest> all();

    /** 1 for the first in line among those that wait, 0 for one that does not. */
    int placeOf(ReservationId id);

    /** The request as soon as it is like that; completes empty after {@code waitMax}. */
    Mono<LabRequest> when(ReservationId id, Predicate<LabRequest> like, Duration waitMax);
}
