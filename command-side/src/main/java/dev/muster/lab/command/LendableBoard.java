package dev.muster.lab.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.lab.BoardCommand;
import dev.muster.lab.BoardCommand.CompleteRelease;
import dev.muster.lab.BoardCommand.DefineBoard;
import dev.muster.lab.BoardCommand.ExtendReservation;
import dev.muster.lab.BoardCommand.FailPower;
import dev.muster.lab.BoardCommand.FailPreparation;
import dev.muster.lab.BoardCommand.FailRelease;
import dev.muster.lab.BoardCommand.HandOverBoard;
import dev.muster.lab.BoardCommand.MaintainBoard;
import dev.muster.lab.BoardCommand.OrderPower;
import dev.muster.lab.BoardCommand.RecordScriptRun;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardCommand.ReportHealth;
import dev.muster.lab.BoardCommand.ReportPower;
import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardCommand.RetireBoard;
import dev.muster.lab.BoardCommand.RetryRelease;
import dev.muster.lab.BoardCommand.ReturnBoard;
import dev.muster.lab.BoardCommand.ShareReservation;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.command.LendingState.Known;
import dev.muster.lab.command.LendingState.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A board and who has it. That at most one reservation holds it, that it is never lent while it is faulty or in
 * maintenance, and that whoever takes it back cleans it up first: all that is decided here and nowhere else. What is
 * done to the board follows its events and answers by commands that name what they answer.
 */
public class LendableBoard {

    @AggregateIdentifier
    private @Nullable String id;

    private LendingState state = new Unknown();

    protected LendableBoard() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(DefineBoard command) {
        return apply(LendingDecision.define(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RetireBoard command) {
        return ifKnown(known -> LendingDecision.retire(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReserveBoard command) {
        apply(LendingDecision.reserve(command, onlyKnown(command)));
        return true;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(HandOverBoard command) {
        return ifKnown(known -> LendingDecision.handOver(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(FailPreparation command) {
        return ifKnown(known -> LendingDecision.failPreparation(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ExtendReservation command) {
        return apply(LendingDecision.extend(command, onlyKnown(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ShareReservation command) {
        return apply(LendingDecision.share(command, onlyKnown(command)));
    }

    /** The clock is the one that events are stamped with: an expiry that an extension overtook is no expiry. */
    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReleaseBoard command) {
        Instant now = GenericEventMessage.clock.instant();
        return command.reservation() == null
                ? apply(ReleaseDecision.release(command, onlyKnown(command), now))
                : ifKnown(known -> ReleaseDecision.release(command, known, now));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CompleteRelease command) {
        return ifKnown(known -> ReleaseDecision.complete(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(FailRelease command) {
        return ifKnown(known -> ReleaseDecision.fail(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RetryRelease command) {
        return ifKnown(known -> ReleaseDecision.retry(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(MaintainBoard command) {
        return apply(ReleaseDecision.maintain(command, onlyKnown(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReturnBoard command) {
        return apply(ReleaseDecision.giveBack(command, onlyKnown(command)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    UUID handle(OrderPower command) {
        apply(PowerDecision.order(command, onlyKnown(command)));
        return command.operation();
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReportPower command) {
        return ifKnown(known -> PowerDecision.report(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(FailPower command) {
        return ifKnown(known -> PowerDecision.fail(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(ReportHealth command) {
        return ifKnown(known -> PowerDecision.health(command, known));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(RecordScriptRun c) {
        return ifKnown(known -> List.of(
                new SetupScriptRan(c.board(), c.reservation(), c.action(), c.outcome(), c.millis(), c.words())));
    }

    @EventSourcingHandler
    void on(BoardEvent event, @Timestamp Instant at) {
        id = "board/" + event.board();
        state = state.after(event, at);
    }

    private Known onlyKnown(BoardCommand command) {
        if (state instanceof Known known) {
            return known;
        }
        throw LabRefusal.NO_SUCH_BOARD.because("There is no board '" + command.board() + "'.");
    }

    /** For what adapters report: about a board that is gone it comes too late. */
    private boolean ifKnown(Function<Known, List<BoardEvent>> decision) {
        return state instanceof Known known && apply(decision.apply(known));
    }

    private static boolean apply(List<BoardEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
