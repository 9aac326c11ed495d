package dev.muster.lab.command;

import dev.muster.lab.BoardCommand.DefineBoard;
import dev.muster.lab.BoardCommand.ExtendReservation;
import dev.muster.lab.BoardCommand.FailPreparation;
import dev.muster.lab.BoardCommand.HandOverBoard;
import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardCommand.RetireBoard;
import dev.muster.lab.BoardCommand.ShareReservation;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardEvent.ReservationExtended;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.command.LendingState.Claim;
import dev.muster.lab.command.LendingState.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What follows from a command about who has a board: events, none, or a refusal. */
final class LendingDecision {

    /** People one reservation is shared with. */
    static final int SHARES_MAX = 50;

    private LendingDecision() {}

    static List<BoardEvent> define(DefineBoard c, LendingState state) {
        return state instanceof Known known && !known.retiring() && Definitions.same(known.definition(), c.definition())
                ? List.of()
                : List.of(new BoardDefined(c.board(), c.definition()));
    }

    /** Also of one that retires already, once nobody has it: so a faulty one goes too. */
    static List<BoardEvent> retire(RetireBoard c, Known known) {
        return known.retiring() && known.state().isTaken() ? List.of() : List.of(new BoardRetired(c.board()));
    }

    static List<BoardEvent> reserve(ReserveBoard c, Known known) {
        Reservation wanted = c.reservation();
        boolean held = known.state() == BoardState.PREPARING || known.state() == BoardState.RESERVED;
        if (held && isOf(known.claim(), wanted.id())) {
            return List.of();
        }
        if (known.retiring() && !known.state().isTaken()) {
            throw LabRefusal.NO_SUCH_BOARD.because("The board '" + c.board() + "' is configured no longer.");
        }
        onlyFree(c.board(), known);
        notBeyondTheLimit(known.definition(), c.now(), wanted.expiresAt());
        return List.of(new BoardReserved(c.board(), wanted));
    }

    private static void onlyFree(BoardName board, Known known) {
        if (known.state().isTaken()) {
            throw LabRefusal.RESERVED.because(
                    "The board '" + board + "' is " + known.state().wireName() + ".", Map.of("board", board.value()));
        }
        if (known.state() != BoardState.FREE) {
            throw LabRefusal.OUT_OF_SERVICE.because(
                    known.state() == BoardState.FAULTY
                            ? "The board '" + board + "' is faulty."
                            : "The board '" + board + "' is in maintenance.",
                    Map.of("board", board.value(), "state", known.state().wireName()));
        }
    }

    private static void notBeyondTheLimit(BoardDefinition definition, Instant began, Instant end) {
        if (!end.isAfter(began)) {
            throw LabRefusal.BAD_VALUE.about("duration", "A reservation lasts longer than nothing.");
        }
        if (Duration.between(began, end).compareTo(Duration.ofSeconds(definition.maxSeconds())) > 0) {
            throw LabRefusal.OVER_LIMIT.because(
                    "The board '" + definition.name() + "' is lent for at most " + definition.maxSeconds()
                            + " seconds, extensions included.",
                    Map.of("maxSeconds", definition.maxSeconds()));
        }
    }

    static List<BoardEvent> handOver(HandOverBoard c, Known known) {
        return isPreparedFor(known, c.reservation())
                ? List.of(new BoardHandedOver(c.board(), c.reservation(), c.environment()))
                : List.of();
    }

    static List<BoardEvent> failPreparation(FailPreparation c, Known known) {
        return isPreparedFor(known, c.reservation())
                ? List.of(
                        new PreparationFailed(c.board(), c.reservation(), c.code(), c.message()),
                        new ReleaseStarted(
                                c.board(), UUID.randomUUID(), c.reservation(), ReleaseReason.NOT_PREPARED, 1))
                : List.of();
    }

    static List<BoardEvent> extend(ExtendReservation c, Known known) {
        Claim claim = onlyReserved(c.board(), known);
        onlyHolder(c.board(), claim, c.by());
        if (c.expiresAt().equals(claim.reservation().expiresAt())) {
            return List.of();
        }
        if (c.expiresAt().isBefore(claim.reservation().expiresAt())) {
            throw LabRefusal.BAD_VALUE.about("duration", "A reservation can only be made longer; release it instead.");
        }
        notBeyondTheLimit(known.definition(), claim.began(), c.expiresAt());
        return List.of(new ReservationExtended(c.board(), claim.reservation().id(), c.expiresAt()));
    }

    static List<BoardEvent> share(ShareReservation c, Known known) {
        Claim claim = onlyReserved(c.board(), known);
        onlyHolder(c.board(), claim, c.by());
        if (c.with().isBlank()
                || c.with().length() > 200
                || c.with().equals(claim.reservation().holder())) {
            throw LabRefusal.BAD_VALUE.about("user", "A board is shared with somebody else.");
        }
        if (claim.shares().get(c.with()) == c.mode()) {
            return List.of();
        }
        if (c.mode() != null
                && !claim.shares().containsKey(c.with())
                && claim.shares().size() >= SHARES_MAX) {
            throw LabRefusal.TOO_MANY.because("A board is shared with at most " + SHARES_MAX + " people.");
        }
        return List.of(new ReservationShared(c.board(), claim.reservation().id(), c.with(), c.mode()));
    }

    /** The claim of a board that was handed over. */
    static Claim onlyReserved(BoardName board, Known known) {
        if (known.state() != BoardState.RESERVED || known.claim() == null) {
            throw LabRefusal.NOT_RESERVED.because(
                    "The board '" + board + "' is " + known.state().wireName() + ".");
        }
        return known.claim();
    }

    static void onlyHolder(BoardName board, Claim claim, String by) {
        if (!claim.reservation().holder().equals(by)) {
            throw LabRefusal.NOT_HOLDER.because("Somebody else holds the board '" + board + "'.");
        }
    }

    private static boolean isPreparedFor(Known known, ReservationId reservation) {
        return known.state() == BoardState.PREPARING && isOf(known.claim(), reservation);
    }

    static boolean isOf(@Nullable Claim claim, ReservationId reservation) {
        return claim != null && claim.reservation().id().equals(reservation);
    }
}
