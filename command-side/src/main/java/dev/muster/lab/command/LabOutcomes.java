package dev.muster.lab.command;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ReservationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * How the newest preparations, releases and power operations went: what those who wait for one are told, and what the
 * view of a board, which knows how things stand, no longer says. Folded from the log, so any node can tell.
 */
public final class LabOutcomes implements Fold {

    private static final int KEPT_MAX = 10_000;

    /**
     * How a reservation went on one board.
     *
     * @param handedOver whether it was ever ready
     * @param failure why it was not, null if it was or is not known yet
     * @param released why it is being or was cleaned up, null if it is not
     */
    record Course(
            boolean handedOver,
            @Nullable Failure failure,
            @Nullable ReleaseReason released) {

        boolean isOver() {
            return failure != null || released != null;
        }
    }

    /** @param code of a refusal */
    record Failure(String code, String message) {}

    private record Place(ReservationId reservation, BoardName board) {}

    private final Map<Place, Course> courses = new Newest<>();
    private final Map<UUID, PowerAction> actions = new Newest<>();
    private final Map<UUID, Failure> powerFailures = new Newest<>();
    private final List<Runnable> onRequests = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "lab-outcomes";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof BoardEvent event) {
            note(event);
        } else if (recorded.event() instanceof LabRequestEvent) {
            onRequests.forEach(Runnable::run);
        }
    }

    /** Calls back, on the thread that folds, whenever something happened to any request. */
    void onRequests(Runnable change) {
        onRequests.add(change);
    }

    void endOnRequests(Runnable change) {
        onRequests.remove(change);
    }

    private synchronized void note(BoardEvent event) {
        switch (event) {
            case BoardReserved e ->
                courses.put(new Place(e.reservation().id(), e.board()), new Course(false, null, null));
            case BoardHandedOver e -> courses.put(new Place(e.reservation(), e.board()), new Course(true, null, null));
            case PreparationFailed e ->
                courses.put(
                        new Place(e.reservation(), e.board()),
                        new Course(false, new Failure(e.code(), e.message()), null));
            case ReleaseStarted e -> released(e);
            case PowerOrdered e -> actions.put(e.operation(), e.action());
            case PowerObserved e -> {
                if (e.operation() != null) {
                    actions.remove(e.operation());
                }
            }
            case PowerFailed e -> {
                actions.remove(e.operation());
                powerFailures.put(e.operation(), new Failure(e.code(), e.message()));
            }
            default -> {}
        }
    }

    /** The first reason counts: what is tried again was given back for that. */
    private void released(ReleaseStarted e) {
        if (e.reservation() != null) {
            courses.computeIfPresent(
                    new Place(e.reservation(), e.board()),
                    (place, course) -> course.released() == null
                            ? new Course(course.handedOver(), course.failure(), e.reason())
                            : course);
        }
    }

    /** How a reservation went on a board, null when that is long ago or never was. */
    synchronized @Nullable Course of(ReservationId reservation, BoardName board) {
        return courses.get(new Place(reservation, board));
    }

    /** What an operation under way is, null when none is known by that name. */
    synchronized @Nullable PowerAction actionOf(UUID operation) {
        return actions.get(operation);
    }

    /** Why an operation failed, null if it did not. */
    synchronized @Nullable Failure powerFailure(UUID operation) {
        return powerFailures.get(operation);
    }

    private static final class Newest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT_MAX;
        }
    }
}
