package dev.muster.lab.command;

import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest.State;
import dev.muster.lab.LabRequestCommand.CancelRequest;
import dev.muster.lab.LabRequestCommand.ExpireRequest;
import dev.muster.lab.LabRequestCommand.FulfilRequest;
import dev.muster.lab.LabRequestCommand.GrantRequest;
import dev.muster.lab.LabRequestCommand.QueueRequest;
import dev.muster.lab.LabRequestCommand.ReturnRequest;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestExpired;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestGranted;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.LabRequestEvent.RequestReturned;
import dev.muster.lab.command.QueuedState.Queued;
import java.time.Instant;
import java.util.List;

/** What follows from a command about a queued request: events, none, or a refusal. */
final class QueueDecision {

    /** How many boards are tried for one request. */
    static final int BOARDS_MAX = 3;

    private QueueDecision() {}

    static List<LabRequestEvent> queue(QueueRequest c, QueuedState state) {
        return state instanceof Queued ? List.of() : List.of(new RequestQueued(c.id(), c.wish()));
    }

    static List<LabRequestEvent> grant(GrantRequest c, Queued known) {
        return known.state() == State.WAITING ? List.of(new RequestGranted(c.id(), c.board())) : List.of();
    }

    /** What the script cannot accept no other board makes better. */
    static List<LabRequestEvent> giveBack(ReturnRequest c, Queued known) {
        if (known.state() != State.GRANTED || known.board() == null) {
            return List.of();
        }
        boolean hopeless = known.tried() + 1 >= BOARDS_MAX || c.code().equals(LabRefusal.UNACCEPTABLE.code());
        return hopeless
                ? List.of(new RequestFailed(c.id(), c.code(), c.message()))
                : List.of(new RequestReturned(c.id(), known.board(), c.code(), c.message()));
    }

    static List<LabRequestEvent> fulfil(FulfilRequest c, Queued known) {
        return known.state() == State.GRANTED && known.board() != null
                ? List.of(new RequestFulfilled(c.id(), known.board()))
                : List.of();
    }

    static List<LabRequestEvent> cancel(CancelRequest c, Queued known) {
        if (c.by() != null && !c.by().equals(known.wish().holder())) {
            throw LabRefusal.NOT_HOLDER.because("The request " + c.id() + " is somebody else's.");
        }
        return known.state().isOver() ? List.of() : List.of(new RequestCancelled(c.id()));
    }

    static List<LabRequestEvent> expire(ExpireRequest c, Queued known) {
        Instant until = known.wish().until();
        return known.state() == State.WAITING && until != null && !c.now().isBefore(until)
                ? List.of(new RequestExpired(c.id()))
                : List.of();
    }
}
