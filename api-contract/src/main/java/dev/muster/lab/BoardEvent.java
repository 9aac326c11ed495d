package dev.muster.lab;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to a board. */
public sealed interface BoardEvent {

    BoardName board();

    /** {@code definition} without secrets. */
    record BoardDefined(BoardName board, BoardDefinition definition) implements BoardEvent {}

    record BoardRetired(BoardName board) implements BoardEvent {}

    /** Accepted; the board is being prepared. */
    record BoardReserved(BoardName board, Reservation reservation) implements BoardEvent {}

    record BoardHandedOver(BoardName board, ReservationId reservation, Environment environment) implements BoardEvent {}

    /** A {@link ReleaseStarted} follows. */
    record PreparationFailed(BoardName board, ReservationId reservation, String code, String message)
            implements BoardEvent {}

    record ReservationExtended(BoardName board, ReservationId reservation, Instant expiresAt) implements BoardEvent {}

    /** @param mode null: no longer */
    record ReservationShared(
            BoardName board,
            ReservationId reservation,
            String with,
            @Nullable ShareMode mode) implements BoardEvent {}

    /**
     * It is being cleaned up.
     *
     * @param release names this attempt
     * @param reservation whose traces are cleaned up, null if there was none
     * @param attempt counted from 1
     */
    record ReleaseStarted(
            BoardName board, UUID release, @Nullable ReservationId reservation, ReleaseReason reason, int attempt)
            implements BoardEvent {}

    record BoardFreed(BoardName board, @Nullable ReservationId reservation) implements BoardEvent {}

    /** The board is faulty. */
    record ReleaseFailed(
            BoardName board,
            UUID release,
            @Nullable ReservationId reservation,
            int attempt,
            String code,
            String message)
            implements BoardEvent {}

    /**
     * The setup script was run; the board is as before.
     *
     * @param reservation whose environment it was, null if none
     * @param words the digest of what it said ({@link ScriptWords}), never the text; null if it said nothing or that could
     *     not be kept
     */
    record SetupScriptRan(
            BoardName board,
            @Nullable ReservationId reservation,
            ScriptAction action,
            ScriptOutcome outcome,
            long millis,
            @Nullable String words)
            implements BoardEvent {}

    /** Wanted for maintenance as soon as nobody has it. */
    record MaintenanceRequested(BoardName board, String note) implements BoardEvent {}

    record MaintenanceStarted(BoardName board, String note) implements BoardEvent {}

    record PowerOrdered(BoardName board, UUID operation, PowerAction action) implements BoardEvent {}

    /** Only when it is something else than before, or an operation asked. */
    record PowerObserved(BoardName board, @Nullable UUID operation, Power power) implements BoardEvent {}

    record PowerFailed(BoardName board, UUID operation, String code, String message) implements BoardEvent {}

    record BoardDegraded(BoardName board, String reason) implements BoardEvent {}

    record BoardRecovered(BoardName board) implements BoardEvent {}
}
