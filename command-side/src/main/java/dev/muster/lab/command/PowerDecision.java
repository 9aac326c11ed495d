package dev.muster.lab.command;

import dev.muster.lab.BoardCommand.FailPower;
import dev.muster.lab.BoardCommand.OrderPower;
import dev.muster.lab.BoardCommand.ReportHealth;
import dev.muster.lab.BoardCommand.ReportPower;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDegraded;
import dev.muster.lab.BoardEvent.BoardRecovered;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ShareMode;
import dev.muster.lab.command.LendingState.Claim;
import dev.muster.lab.command.LendingState.Known;
import java.util.List;
import java.util.Objects;

/** What follows from a command about a board's power and health: events, none, or a refusal. */
final class PowerDecision {

    private PowerDecision() {}

    /** One operation at a time; the same one again, also after it ended, is a retry and changes nothing. */
    static List<BoardEvent> order(OrderPower c, Known known) {
        if (c.operation().equals(known.power().operation())
                || c.operation().equals(known.power().last())) {
            return List.of();
        }
        if (c.by() != null) {
            onlyUser(c, LendingDecision.onlyReserved(c.board(), known), c.by());
        }
        if (known.state() == BoardState.PREPARING || known.state() == BoardState.RELEASING) {
            throw LabRefusal.NOT_RESERVED.because(
                    "The board '" + c.board() + "' is " + known.state().wireName() + "; its power is seen to.");
        }
        if (known.definition().power().isEmpty()) {
            throw LabRefusal.CAPABILITY_MISSING.because("The board '" + c.board() + "' has no power to switch.");
        }
        if (known.power().operation() != null) {
            throw LabRefusal.TOO_MANY.because(
                    "The power of the board '" + c.board() + "' is being switched; wait until that is done.");
        }
        return List.of(new PowerOrdered(c.board(), c.operation(), c.action()));
    }

    private static void onlyUser(OrderPower c, Claim claim, String by) {
        if (claim.shares().get(by) != ShareMode.RW) {
            LendingDecision.onlyHolder(c.board(), claim, by);
        }
    }

    static List<BoardEvent> report(ReportPower c, Known known) {
        boolean news = c.operation() == null
                ? c.power() != known.power().power()
                : c.operation().equals(known.power().operation());
        return news ? List.of(new PowerObserved(c.board(), c.operation(), c.power())) : List.of();
    }

    static List<BoardEvent> fail(FailPower c, Known known) {
        return c.operation().equals(known.power().operation())
                ? List.of(new PowerFailed(c.board(), c.operation(), c.code(), c.message()))
                : List.of();
    }

    static List<BoardEvent> health(ReportHealth c, Known known) {
        if (Objects.equals(c.degraded(), known.degraded())) {
            return List.of();
        }
        return c.degraded() == null
                ? List.of(new BoardRecovered(c.board()))
                : List.of(new BoardDegraded(c.board(), c.degraded()));
    }
}
