package dev.muster.lab.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestCommand.CancelRequest;
import dev.muster.lab.LabRequestCommand.ExpireRequest;
import dev.muster.lab.LabRequestCommand.FulfilRequest;
import dev.muster.lab.LabRequestCommand.GrantRequest;
import dev.muster.lab.LabRequestCommand.ReturnRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.LabRequests;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.command.LabOutcomes.Course;
import dev.muster.lab.command.LabOutcomes.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the queue, one look after the other on one thread. A board is reserved first, under the name of the request, and
 * granted then: so nothing is granted that somebody else has, and after a stop between the two the board itself says whose
 * it is. Everything follows from how things stand; nothing is remembered.
 */
public final class QueueDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueDispatcher.class);
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:lab-queue");

    private final Commands commands;
    private final Boards boards;
    private final LabRequests requests;
    private final LabOutcomes outcomes;
    private final Positions positions;
    private final Clock clock;
    private final LabSettings settings;
    private final Lookout lookout;
    private final Runnable wake;
    private @Nullable AutoCloseable hearing;

    public QueueDispatcher(
            Commands commands,
            Boards boards,
            LabRequests requests,
            LabOutcomes outcomes,
            Positions positions,
            Clock clock,
            LabSettings settings) {
        this.commands = commands;
        this.boards = boards;
        this.requests = requests;
        this.outcomes = outcomes;
        this.positions = positions;
        this.clock = clock;
        this.settings = settings;
        this.lookout = new Lookout("lab-queue", settings.queueEvery(), this::look);
        this.wake = lookout::wake;
    }

    /** Once, when this node has read the log. */
    public synchronized void start() {
        if (hearing == null) {
            hearing = boards.onChange((before, after) -> lookout.wake());
            outcomes.onRequests(wake);
            lookout.start();
        }
    }

    /** Looks once; answers how long the next look can wait when nothing changes. */
    Duration look() {
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        Instant now = clock.instant();
        Map<ReservationId, Board> held = held();
        for (LabRequest request : requests.all()) {
            switch (request.state()) {
                case WAITING -> wait(request, held.get(request.id()), now);
                case GRANTED -> follow(request);
                case CANCELLED, EXPIRED, FAILED -> takeBack(request, held.get(request.id()));
                case FULFILLED -> {}
            }
        }
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        List<Board> free = QueuePlan.free(boards.all());
        Map<BoardName, LabRequest> plan = QueuePlan.of(requests.waiting(), free, this::failedBefore, now);
        boolean lost = false;
        for (Board board : free) {
            LabRequest request = plan.get(board.name());
            lost |= request != null && !serve(request, board, now);
        }
        return lost ? Duration.ZERO : settings.queueEvery();
    }

    /** Boards that are somebody's, by whose. */
    private Map<ReservationId, Board> held() {
        Map<ReservationId, Board> held = new HashMap<>();
        for (Board board : boards.all()) {
            if (board.reservation() != null
                    && (board.state() == BoardState.PREPARING || board.state() == BoardState.RESERVED)) {
                held.put(board.reservation().id(), board);
            }
        }
        return held;
    }

    private void wait(LabRequest request, @Nullable Board board, Instant now) {
        Instant until = request.wish().until();
        if (board != null) {
            order(new GrantRequest(request.id(), board.name()));
        } else if (until != null && !now.isBefore(until)) {
            order(new ExpireRequest(request.id(), now));
        }
    }

    private void follow(LabRequest request) {
        BoardName name = request.board();
        if (name == null) {
            return;
        }
        Board board = boards.find(name);
        BoardState state = board != null && board.isOf(request.id()) ? board.state() : null;
        if (state == BoardState.PREPARING) {
            return;
        }
        Course course = outcomes.of(request.id(), name);
        if (state == BoardState.RESERVED || course != null && course.handedOver()) {
            order(new FulfilRequest(request.id()));
        } else if (course != null && !course.isOver()) {
            // Boards may be folded a moment before outcomes are; the next look knows.
            lookout.wake();
        } else if (course != null && wasGivenUp(course)) {
            order(new CancelRequest(request.id(), null));
        } else {
            Failure failure = course == null ? null : course.failure();
            order(
                    failure == null
                            ? new ReturnRequest(
                                    request.id(),
                                    LabRefusal.SETUP_FAILED.code(),
                                    "The board '" + name + "' could not be made ready.")
                            : new ReturnRequest(request.id(), failure.code(), failure.message()));
        }
    }

    /** Somebody took the board back before it was ready; nobody waits for another one. */
    private static boolean wasGivenUp(Course course) {
        return course.released() == ReleaseReason.RELEASED
                || course.released() == ReleaseReason.KICKED
                || course.released() == ReleaseReason.EXPIRED
                || course.released() == ReleaseReason.SILENT;
    }

    /** The request was over before its board was ready. */
    private void takeBack(LabRequest request, @Nullable Board board) {
        if (board != null) {
            order(new ReleaseBoard(board.name(), null, request.id(), ReleaseReason.RELEASED));
        }
    }

    private boolean failedBefore(LabRequest request, Board board) {
        Course course = outcomes.of(request.id(), board.name());
        return course != null && course.failure() != null;
    }

    /** False when the board went to somebody else in this moment. */
    private boolean serve(LabRequest request, Board board, Instant now) {
        try {
            ReserveBoard order = new ReserveBoard(board.name(), reservation(request, board, now), now);
            Await.done(commands.<Object>send(order, SYSTEM));
        } catch (RuntimeException e) {
            if (Refused.is(e, LabRefusal.RESERVED, LabRefusal.OUT_OF_SERVICE, LabRefusal.NO_SUCH_BOARD)) {
                return false;
            }
            throw e;
        }
        if (Boolean.FALSE.equals(order(new GrantRequest(request.id(), board.name())))) {
            // It was cancelled or expired in this moment.
            order(new ReleaseBoard(board.name(), null, request.id(), ReleaseReason.RELEASED));
        }
        return true;
    }

    private static Reservation reservation(LabRequest request, Board board, Instant now) {
        Wish wish = request.wish();
        long seconds = wish.seconds() == null ? board.definition().defaultSeconds() : wish.seconds();
        return new Reservation(
                request.id(),
                wish.holder(),
                wish.purpose(),
                wish.context(),
                wish.sshKeys(),
                wish.power(),
                now.plusSeconds(seconds),
                wish.keepAlive());
    }

    private @Nullable Object order(Object command) {
        return Await.done(commands.<Object>send(command, SYSTEM));
    }

    @Override
    public synchronized void close() throws Exception {
        lookout.close();
        outcomes.endOnRequests(wake);
        if (hearing != null) {
            hearing.close();
        }
    }
}
