package dev.muster.lab.query;

import dev.muster.lab.Board;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardDegraded;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardRecovered;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardEvent.MaintenanceRequested;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardEvent.ReservationExtended;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.BoardState;
import dev.muster.lab.Power;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event makes of a board; contract §2. A board keeps its reservation and environment until it is free again,
 * also through a failed clean-up and maintenance after that: the next attempt must know what there is to clean up, and
 * after whom.
 */
final class BoardFolding {

    private BoardFolding() {}

    /** @return null when there is no such board after it */
    static @Nullable Board after(@Nullable Board before, BoardEvent event, Instant at, long version) {
        if (event instanceof BoardDefined defined) {
            return defined(before, defined, at).board(at, version);
        }
        if (before == null) {
            return null;
        }
        BoardDraft draft = new BoardDraft(before);
        change(draft, event, at);
        return draft.board(at, version);
    }

    private static BoardDraft defined(@Nullable Board before, BoardDefined event, Instant at) {
        BoardDraft draft = before == null ? new BoardDraft(event.definition(), at) : new BoardDraft(before);
        draft.definition = event.definition();
        draft.retiring = false;
        return draft;
    }

    private static void change(BoardDraft draft, BoardEvent event, Instant at) {
        switch (event) {
            case BoardDefined e -> draft.definition = e.definition();
            case BoardRetired e -> retired(draft);
            case BoardReserved e -> reserved(draft, e.reservation(), at);
            case BoardHandedOver e -> {
                draft.state = BoardState.RESERVED;
                draft.environment = e.environment();
            }
            case PreparationFailed e -> {
                // Still preparing, until the clean-up that follows.
            }
            case SetupScriptRan e -> {
                // The board is as before.
            }
            case ReservationExtended e -> {
                if (draft.reservation != null) {
                    draft.reservation = draft.reservation.until(e.expiresAt());
                }
            }
            case ReservationShared e -> draft.share(e.with(), e.mode());
            case ReleaseStarted e -> releasing(draft, e);
            case BoardFreed e -> {
                draft.emptied();
                draft.state = BoardState.FREE;
                draft.gone = draft.retiring;
            }
            case ReleaseFailed e -> {
                draft.state = BoardState.FAULTY;
                draft.release = e.release();
                draft.attempt = e.attempt();
                draft.fault = e.message();
            }
            case MaintenanceRequested e -> draft.note = e.note();
            case MaintenanceStarted e -> {
                draft.state = BoardState.MAINTENANCE;
                draft.fault = null;
                draft.note = e.note();
            }
            case PowerOrdered e -> draft.operation = e.operation();
            case PowerObserved e -> powered(draft, e.operation(), e.power());
            case PowerFailed e -> powered(draft, e.operation(), Power.UNKNOWN);
            case BoardDegraded e -> draft.degraded = e.reason();
            case BoardRecovered e -> draft.degraded = null;
        }
    }

    private static void retired(BoardDraft draft) {
        draft.retiring = draft.state.isTaken();
        draft.gone = !draft.retiring;
    }

    private static void reserved(BoardDraft draft, Reservation reservation, Instant at) {
        draft.emptied();
        draft.state = BoardState.PREPARING;
        draft.reservation = reservation;
        draft.since = at;
    }

    private static void releasing(BoardDraft draft, ReleaseStarted event) {
        draft.state = BoardState.RELEASING;
        draft.release = event.release();
        draft.attempt = event.attempt();
        draft.fault = null;
        draft.shares = Map.of();
        if (!isOf(draft.reservation, event.reservation())) {
            draft.reservation = null;
            draft.since = null;
        }
        if (event.reason() == ReleaseReason.RETURNED) {
            draft.note = null;
        }
    }

    private static boolean isOf(@Nullable Reservation reservation, @Nullable ReservationId id) {
        return reservation != null && reservation.id().equals(id);
    }

    private static void powered(BoardDraft draft, @Nullable UUID operation, Power power) {
        draft.power = power;
        if (operation != null && operation.equals(draft.operation)) {
            draft.operation = null;
        }
    }
}
