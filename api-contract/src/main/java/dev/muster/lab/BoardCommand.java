package dev.muster.lab;

import dev.muster.kernel.AggregateCommand;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a board. Commands of adapters name the reservation, release or power operation that they answer;
 * what came too late changes nothing and answers {@code false}.
 */
public sealed interface BoardCommand extends AggregateCommand {

    BoardName board();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "board/" + board();
    }

    /** The board is configured like this from now on; a reservation goes on. */
    record DefineBoard(BoardName board, BoardDefinition definition) implements BoardCommand {}

    /** The board is configured no longer; it goes when nobody has it any more. */
    record RetireBoard(BoardName board) implements BoardCommand {}

    /**
     * Claims the board. Refused with {@link LabRefusal#RESERVED}, {@link LabRefusal#OUT_OF_SERVICE} or
     * {@link LabRefusal#OVER_LIMIT}.
     *
     * @param now when it begins, for the limit
     */
    record ReserveBoard(BoardName board, Reservation reservation, Instant now) implements BoardCommand {}

    /** Script, power and console are ready. */
    record HandOverBoard(BoardName board, ReservationId reservation, Environment environment) implements BoardCommand {}

    /** It cannot be made ready; what was made of it is cleaned up next. {@code code} of a refusal. */
    record FailPreparation(BoardName board, ReservationId reservation, String code, String message)
            implements BoardCommand {}

    /** Refused with {@link LabRefusal#OVER_LIMIT}, {@link LabRefusal#NOT_RESERVED}, {@link LabRefusal#NOT_HOLDER}. */
    record ExtendReservation(BoardName board, String by, Instant expiresAt) implements BoardCommand {}

    /** @param mode null: no longer */
    record ShareReservation(
            BoardName board,
            String by,
            String with,
            @Nullable ShareMode mode) implements BoardCommand {}

    /**
     * Takes the board back from its holder.
     *
     * @param by who wants it; null: the server itself or an administrator, who need not be the holder
     * @param reservation only this one; null: whichever it is
     */
    record ReleaseBoard(
            BoardName board, @Nullable String by, @Nullable ReservationId reservation, ReleaseReason reason)
            implements BoardCommand {}

    /** Everything is cleaned up. {@code release} names the release that {@link BoardEvent.ReleaseStarted} began. */
    record CompleteRelease(BoardName board, UUID release) implements BoardCommand {}

    record FailRelease(BoardName board, UUID release, String code, String message) implements BoardCommand {}

    /** Cleans up once more: after a failure, after a crash, or when an administrator returns it to service. */
    record RetryRelease(BoardName board, ReleaseReason reason) implements BoardCommand {}

    /** Takes it out of service: at once if nobody has it or {@code force}, else after the reservation. */
    record MaintainBoard(BoardName board, String note, boolean force) implements BoardCommand {}

    /** Brings it back from a fault or from maintenance; it is cleaned up first. */
    record ReturnBoard(BoardName board) implements BoardCommand {}

    /**
     * An intent; the adapter follows. Answers the operation's id.
     *
     * @param by who wants it; null: an administrator, who need not be the holder
     */
    record OrderPower(BoardName board, @Nullable String by, UUID operation, PowerAction action)
            implements BoardCommand {}

    /** What was read back; {@code operation} null when nobody ordered anything. */
    record ReportPower(BoardName board, @Nullable UUID operation, Power power) implements BoardCommand {}

    /** The operation failed, and the power is unknown until it is read again. */
    record FailPower(BoardName board, UUID operation, String code, String message) implements BoardCommand {}

    /**
     * Accounts for a run of the setup script; the board stays as it is.
     *
     * @param reservation whose environment it was, null if none
     * @param words the digest of what it said, null if it said nothing or that could not be kept
     */
    record RecordScriptRun(
            BoardName board,
            @Nullable ReservationId reservation,
            ScriptAction action,
            ScriptOutcome outcome,
            long millis,
            @Nullable String words)
            implements BoardCommand {}

    /** Something of the board is not as it should be; null: all is well again. */
    record ReportHealth(BoardName board, @Nullable String degraded) implements BoardCommand {}
}
