package dev.muster.lab.command;

import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.CompleteRelease;
import dev.muster.lab.BoardCommand.FailPower;
import dev.muster.lab.BoardCommand.FailPreparation;
import dev.muster.lab.BoardCommand.FailRelease;
import dev.muster.lab.BoardCommand.HandOverBoard;
import dev.muster.lab.BoardCommand.ReportHealth;
import dev.muster.lab.BoardCommand.RetryRelease;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Environment;
import dev.muster.lab.FlashBack;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.ScriptAction;
import dev.muster.lab.command.LabOutcomes.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What there is to do about one board, in the order of contract §6. Called by one thread at a time. It remembers only
 * what it has begun: finding that under way once more means that the end of it could not be recorded, and then nobody
 * knows what is done and what is not.
 */
final class BoardWork {

    private static final Logger LOG = LoggerFactory.getLogger(BoardWork.class);
    /** Clocks jump; so a time that comes is looked for now and then. */
    private static final Duration LOOK_AGAIN_MAX = Duration.ofSeconds(30);

    private final BoardName name;
    private final Bench bench;
    private final PowerCare power;
    private final Reflashing reflashing;
    private @Nullable ReservationId prepared;
    private @Nullable UUID released;
    /** What the script made for {@link #prepared}; history knows it only once it is handed over. */
    private Environment made = Environment.NONE;

    private @Nullable ReservationId lineOf;
    private @Nullable String lineTrouble;

    BoardWork(BoardName name, Bench bench) {
        this.name = name;
        this.bench = bench;
        this.power = new PowerCare(name, bench);
        this.reflashing = new Reflashing(name, bench, power);
    }

    void find(Board board) {
        if (board.state() == BoardState.PREPARING && board.reservation() != null) {
            prepared = board.reservation().id();
        }
        released = board.release();
        power.find(board);
    }

    /** Does the next thing; answers when to look again, null if only a change brings more to do. */
    @Nullable
    Duration on(Board board) {
        return switch (board.state()) {
            case PREPARING -> prepare(board, Objects.requireNonNull(board.reservation()));
            case RELEASING -> release(board, Objects.requireNonNull(board.release()));
            case RESERVED ->
                attend(board, Objects.requireNonNull(board.reservation()).id());
            case FAULTY -> sooner(power.on(board), retry(board));
            case FREE, MAINTENANCE -> wellOr(board, power.on(board));
        };
    }

    /** The board is gone. */
    void leave() {
        bench.lines().close(name);
    }

    private @Nullable Duration prepare(Board board, Reservation reservation) {
        if (reservation.id().equals(prepared)) {
            bench.report(new RetryRelease(name, ReleaseReason.INTERRUPTED));
            return null;
        }
        prepared = reservation.id();
        made = Environment.NONE;
        Failure failure = failureOf(LabRefusal.SETUP_FAILED, () -> makeReady(board, reservation));
        if (failure != null) {
            bench.report(new FailPreparation(name, reservation.id(), failure.code(), failure.message()));
        } else if (isStill(reservation)) {
            bench.crashes().at("reserve:before-hand-over");
            bench.report(new HandOverBoard(name, reservation.id(), made));
        }
        return null;
    }

    /** Stops between two steps when nobody wants the board any more: the release that waits cleans up. */
    private void makeReady(Board board, Reservation reservation) {
        BoardDefinition definition = bench.definition(board);
        bench.crashes().at("reserve:before-script");
        ScriptAccount account = new ScriptAccount(name, reservation, ScriptAction.RESERVE);
        try {
            made = bench.done(bench.scripts().reserve(definition, reservation, account));
        } finally {
            account.settle(bench);
        }
        bench.crashes().at("reserve:after-script");
        if (isStill(reservation)) {
            power.ready(definition, reservation.power());
            bench.crashes().at("reserve:after-power");
        }
        if (isStill(reservation)) {
            bench.finished(bench.lines().open(definition, reservation.id()));
            lineOf = reservation.id();
            bench.crashes().at("reserve:after-console");
        }
    }

    private boolean isStill(Reservation reservation) {
        Board now = bench.boards().find(name);
        return now != null
                && now.state() == BoardState.PREPARING
                && now.reservation() != null
                && now.reservation().id().equals(reservation.id());
    }

    /** Every step is tried even when one before failed: whoever had the board must not keep a way in. */
    private @Nullable Duration release(Board board, UUID release) {
        if (release.equals(released)) {
            bench.report(new RetryRelease(name, ReleaseReason.INTERRUPTED));
            return null;
        }
        released = release;
        if (board.operation() != null) {
            bench.report(new FailPower(
                    name,
                    board.operation(),
                    LabRefusal.NOT_RESERVED.code(),
                    "The board was taken back before its power was switched."));
        }
        BoardDefinition definition = bench.definition(board);
        bench.crashes().at("release:before-console");
        Failure line = failureOf(
                LabRefusal.CONSOLE_FAULT, () -> bench.finished(bench.lines().close(name)));
        lineOf = null;
        lineTrouble = null;
        bench.crashes().at("release:after-console");
        Failure off = failureOf(
                LabRefusal.POWER_FAULT,
                () -> power.ready(definition, definition.keepsPower() ? PowerWish.KEEP : PowerWish.OFF));
        bench.crashes().at("release:after-power");
        Failure script = failureOf(LabRefusal.RELEASE_FAILED, () -> unmake(board, definition));
        bench.crashes().at("release:after-script");
        Failure failure = line != null ? line : off != null ? off : script;
        if (failure == null) {
            failure = flashBack(board, definition);
        }
        if (failure != null) {
            bench.report(new FailRelease(name, release, failure.code(), failure.message()));
            return null;
        }
        bench.report(new CompleteRelease(name, release));
        // The same request may get the same board once more; that is a new beginning.
        prepared = null;
        made = Environment.NONE;
        return null;
    }

    /** Last, and only when all else is done: what failed before is begun anew, and this with it. */
    private @Nullable Failure flashBack(Board board, BoardDefinition definition) {
        FlashBack wanted = reflashing.due(board, definition);
        if (wanted == null) {
            return null;
        }
        Power before = reflashing.powerNow();
        Failure flashed = failureOf(LabRefusal.FLASH_BACK_FAILED, () -> reflashing.run(definition, wanted, before));
        bench.crashes().at("release:after-flash-back");
        Failure off = failureOf(LabRefusal.POWER_FAULT, () -> reflashing.restorePower(definition, before));
        return flashed != null ? flashed : off;
    }

    private void unmake(Board board, BoardDefinition definition) {
        ScriptAccount account = new ScriptAccount(name, board.reservation(), ScriptAction.RELEASE);
        try {
            bench.finished(bench.scripts().release(definition, board.reservation(), environment(board), account));
        } finally {
            account.settle(bench);
        }
    }

    private Environment environment(Board board) {
        boolean unknown = board.environment().equals(Environment.NONE)
                && board.reservation() != null
                && board.reservation().id().equals(prepared);
        return unknown ? made : board.environment();
    }

    private @Nullable Failure failureOf(LabRefusal otherwise, Runnable step) {
        try {
            step.run();
            return null;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            LOG.info("The board {} has a step that failed: {}", name, e.toString());
            return LabFaults.of(e, otherwise);
        }
    }

    private @Nullable Duration attend(Board board, ReservationId reservation) {
        Duration next = null;
        if (!reservation.equals(lineOf)) {
            next = openLine(board, reservation) ? null : bench.settings().rereadEvery();
        } else {
            // The line opens itself again.
            lineTrouble = bench.lines().isLost(name) ? "console: The line is lost." : null;
        }
        return wellOr(board, sooner(next, power.on(board)));
    }

    /** After a start, or when the line could not be opened before. */
    private boolean openLine(Board board, ReservationId reservation) {
        Failure failure = failureOf(
                LabRefusal.CONSOLE_FAULT,
                () -> bench.finished(bench.lines().open(bench.definition(board), reservation)));
        lineTrouble = failure == null ? null : "console: " + failure.message();
        lineOf = failure == null ? reservation : null;
        return failure == null;
    }

    private @Nullable Duration wellOr(Board board, @Nullable Duration next) {
        if (!power.isKnown()) {
            return next;
        }
        String trouble = lineTrouble != null ? lineTrouble : power.trouble();
        if (!Objects.equals(trouble, board.degraded())) {
            bench.report(new ReportHealth(name, trouble));
        }
        return next;
    }

    private @Nullable Duration retry(Board board) {
        int failed = board.attempt();
        if (failed < 1 || failed > bench.settings().retries().size()) {
            return null;
        }
        Instant due = board.changedAt().plus(bench.settings().retries().get(failed - 1));
        Duration left = Duration.between(bench.clock().instant(), due);
        if (left.isPositive()) {
            return sooner(left, LOOK_AGAIN_MAX);
        }
        // A wish for maintenance outlives this; "returned" would say that it is over.
        bench.report(new RetryRelease(name, board.note() == null ? ReleaseReason.RETURNED : ReleaseReason.MAINTENANCE));
        return null;
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
