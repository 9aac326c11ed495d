package dev.muster.lab.command;

import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.FailPower;
import dev.muster.lab.BoardCommand.ReportPower;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.PowerWish;
import dev.muster.lab.command.LabOutcomes.Failure;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A board's power: switched when that is ordered, read once after the start and, while it is unknown, now and then. What
 * a switch says is believed only when it is read back; what it does not say is unknown.
 */
final class PowerCare {

    private final BoardName name;
    private final Bench bench;
    private @Nullable UUID begun;
    /** By the monotonic clock; null: never. */
    private @Nullable Long lookedAt;

    private @Nullable String trouble;

    PowerCare(BoardName name, Bench bench) {
        this.name = name;
        this.bench = bench;
    }

    void find(Board board) {
        begun = board.operation();
    }

    /** What is wrong with the switch, null if nothing is known to be. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** Whether the switch was asked since the start, if there is one: else nothing can be said of its health. */
    boolean isKnown() {
        return lookedAt != null;
    }

    /** Does the next thing; answers when to look again, null if only a change brings more to do. */
    @Nullable
    Duration on(Board board) {
        if (board.operation() != null) {
            operate(board, board.operation());
            return null;
        }
        BoardDefinition definition = bench.definition(board);
        if (definition.power().isEmpty()) {
            lookedAt = System.nanoTime();
            trouble = null;
            return null;
        }
        boolean settled = lookedAt != null && trouble == null && board.power() != Power.UNKNOWN;
        if (settled) {
            return null;
        }
        Duration left = untilNextLook();
        if (left.isPositive()) {
            return left;
        }
        Power read = read(definition);
        if (read != board.power()) {
            bench.report(new ReportPower(name, null, read));
        }
        return trouble == null && read != Power.UNKNOWN
                ? null
                : bench.settings().rereadEvery();
    }

    private Duration untilNextLook() {
        return lookedAt == null
                ? Duration.ZERO
                : bench.settings().rereadEvery().minusNanos(System.nanoTime() - lookedAt);
    }

    private Power read(BoardDefinition definition) {
        lookedAt = System.nanoTime();
        try {
            Power read = bench.done(bench.switches().read(definition));
            trouble = null;
            return read;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            trouble = "power: " + LabFaults.of(e, LabRefusal.POWER_FAULT).message();
            return Power.UNKNOWN;
        }
    }

    /** Sets the power as it is wanted and reports what it is then. Fails when it is not as wanted. */
    void ready(BoardDefinition definition, PowerWish wish) {
        if (definition.power().isEmpty()) {
            return;
        }
        if (wish == PowerWish.KEEP) {
            bench.report(new ReportPower(name, null, read(definition)));
            return;
        }
        PowerAction action = wish == PowerWish.ON ? PowerAction.ON : PowerAction.OFF;
        Power now = Power.UNKNOWN;
        try {
            now = bench.done(bench.switches().order(definition, action));
            lookedAt = System.nanoTime();
        } finally {
            bench.report(new ReportPower(name, null, now));
        }
        if (now != wanted(action)) {
            throw LabRefusal.POWER_FAULT.because(reads(action, now));
        }
    }

    private void operate(Board board, UUID operation) {
        boolean interrupted = operation.equals(begun);
        begun = operation;
        PowerAction action = bench.ordered(operation);
        if (action == null || interrupted && action == PowerAction.CYCLE) {
            lookedAt = null;
            fail(
                    operation,
                    new Failure(
                            LabRefusal.POWER_FAULT.code(),
                            "The server was interrupted while it switched; whether it is done is not known."));
            return;
        }
        Power now;
        try {
            bench.crashes().at("power:before-switch");
            now = bench.done(bench.switches().order(bench.definition(board), action));
            bench.crashes().at("power:after-switch");
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            lookedAt = null;
            fail(operation, LabFaults.of(e, LabRefusal.POWER_FAULT));
            return;
        }
        lookedAt = System.nanoTime();
        trouble = null;
        if (now == wanted(action) || now == Power.UNKNOWN) {
            bench.report(new ReportPower(name, operation, now));
        } else {
            fail(operation, new Failure(LabRefusal.POWER_FAULT.code(), reads(action, now)));
            bench.report(new ReportPower(name, null, now));
        }
    }

    private void fail(UUID operation, Failure failure) {
        bench.report(new FailPower(name, operation, failure.code(), failure.message()));
    }

    private static Power wanted(PowerAction action) {
        return action == PowerAction.OFF ? Power.OFF : Power.ON;
    }

    private static String reads(PowerAction action, Power now) {
        return "After '" + action.wireName() + "' the power reads " + now.wireName() + ".";
    }
}
