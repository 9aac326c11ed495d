package dev.muster.lab.command;

import dev.muster.lab.BoardCommand.CompleteRelease;
import dev.muster.lab.BoardCommand.FailRelease;
import dev.muster.lab.BoardCommand.MaintainBoard;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardCommand.RetryRelease;
import dev.muster.lab.BoardCommand.ReturnBoard;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.MaintenanceRequested;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ReservationId;
import dev.muster.lab.command.LendingState.Claim;
import dev.muster.lab.command.LendingState.Known;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What follows from a command that takes a board back or out of service: events, none, or a refusal. */
final class ReleaseDecision {

    private ReleaseDecision() {}

    static List<BoardEvent> release(ReleaseBoard c, Known known, Instant now) {
        Claim claim = known.claim();
        boolean held = known.state() == BoardState.PREPARING || known.state() == BoardState.RESERVED;
        if (c.reservation() != null && !(held && LendingDecision.isOf(claim, c.reservation()))) {
            return List.of();
        }
        if (!held || claim == null) {
            return alreadyGivenBack(c, known);
        }
        if (c.by() != null) {
            LendingDecision.onlyHolder(c.board(), claim, c.by());
        }
        // It may have been extended since whoever ordered this looked.
        if (c.reason() == ReleaseReason.EXPIRED
                && now.isBefore(claim.reservation().expiresAt())) {
            return List.of();
        }
        return List.of(started(c.board(), known, c.reason()));
    }

    /** Saying it twice changes nothing, as long as it is seen that this was said before. */
    private static List<BoardEvent> alreadyGivenBack(ReleaseBoard c, Known known) {
        Claim claim = known.claim();
        if (known.state() == BoardState.RELEASING
                && claim != null
                && (c.by() == null || claim.reservation().holder().equals(c.by()))) {
            return List.of();
        }
        throw LabRefusal.NOT_RESERVED.because(
                "The board '" + c.board() + "' is " + known.state().wireName() + ".");
    }

    static List<BoardEvent> complete(CompleteRelease c, Known known) {
        if (!isUnderWay(known, c.release())) {
            return List.of();
        }
        List<BoardEvent> events = new ArrayList<>();
        events.add(new BoardFreed(c.board(), reservation(known)));
        if (known.note() != null && !known.retiring()) {
            events.add(new MaintenanceStarted(c.board(), known.note()));
        }
        return events;
    }

    static List<BoardEvent> fail(FailRelease c, Known known) {
        return isUnderWay(known, c.release())
                ? List.of(new ReleaseFailed(
                        c.board(),
                        c.release(),
                        reservation(known),
                        known.cleaning().attempt(),
                        c.code(),
                        c.message()))
                : List.of();
    }

    /** A fault is tried again whatever the reason; what is under way is begun anew only if it was interrupted. */
    static List<BoardEvent> retry(RetryRelease c, Known known) {
        boolean interrupted = c.reason() == ReleaseReason.INTERRUPTED
                && (known.state() == BoardState.PREPARING || known.state() == BoardState.RELEASING);
        return known.state() == BoardState.FAULTY || interrupted
                ? List.of(started(c.board(), known, c.reason()))
                : List.of();
    }

    static List<BoardEvent> maintain(MaintainBoard c, Known known) {
        boolean told = c.note().equals(known.note());
        if (!known.state().isTaken()) {
            return told && known.state() == BoardState.MAINTENANCE
                    ? List.of()
                    : List.of(new MaintenanceStarted(c.board(), c.note()));
        }
        List<BoardEvent> events = new ArrayList<>();
        if (!told) {
            events.add(new MaintenanceRequested(c.board(), c.note()));
        }
        if (c.force() && known.state() != BoardState.RELEASING) {
            events.add(started(c.board(), known, ReleaseReason.MAINTENANCE));
        }
        return events;
    }

    static List<BoardEvent> giveBack(ReturnBoard c, Known known) {
        return known.state() == BoardState.FAULTY || known.state() == BoardState.MAINTENANCE
                ? List.of(started(c.board(), known, ReleaseReason.RETURNED))
                : List.of();
    }

    private static ReleaseStarted started(BoardName board, Known known, ReleaseReason reason) {
        return new ReleaseStarted(
                board,
                UUID.randomUUID(),
                reservation(known),
                reason,
                known.cleaning().attempt() + 1);
    }

    private static boolean isUnderWay(Known known, UUID release) {
        return known.state() == BoardState.RELEASING
                && release.equals(known.cleaning().release());
    }

    private static @Nullable ReservationId reservation(Known known) {
        return known.claim() == null ? null : known.claim().reservation().id();
    }
}
