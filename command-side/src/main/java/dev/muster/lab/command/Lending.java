package dev.muster.lab.command;

import dev.muster.identity.Caller;
import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.ReserveBoard;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabOrders.ReserveOrder;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestCommand.CancelRequest;
import dev.muster.lab.LabRequestCommand.QueueRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.command.LabOutcomes.Course;
import dev.muster.lab.command.LabOutcomes.Failure;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How a wish becomes a board. A free board is reserved at once, unless the queue is about to give it to somebody who came
 * before; the next one is tried when that could not be made ready. Whoever has patience queues when there is none.
 */
final class Lending {

    /** Boards that are made ready for one order. */
    private static final int TRIES_MAX = 3;

    private final Desk desk;
    private final Clock clock;
    private final LabSettings settings;

    Lending(Desk desk, Clock clock, LabSettings settings) {
        this.desk = desk;
        this.clock = clock;
        this.settings = settings;
    }

    static Instant end(Instant from, Duration duration) {
        try {
            return from.plus(duration);
        } catch (DateTimeException | ArithmeticException e) {
            throw LabRefusal.OVER_LIMIT.because("Nothing is lent for that long.");
        }
    }

    Mono<Board> reserve(ReserveOrder order, Caller caller) {
        return desk.caughtUp().then(Mono.defer(() -> {
            Board own = heldAs(order.id());
            if (own != null) {
                return madeReady(own.name(), order.id());
            }
            if (desk.find(order.id()) != null) {
                return served(order.id(), patience(order));
            }
            Wish wish = wish(order, caller);
            WishRules.sensible(wish);
            List<Board> usable = Satisfaction.usable(wish, desk.boards());
            return tried(order, caller, free(usable), 0, null).switchIfEmpty(Mono.defer(() -> {
                if (patience(order).isZero()) {
                    return Mono.error(Satisfaction.noneFree(wish, usable, caller.person()));
                }
                return queue(wish, order.id(), caller).then(served(order.id(), patience(order)));
            }));
        }));
    }

    private static Duration patience(ReserveOrder order) {
        return order.patience() == null || order.patience().isNegative() ? Duration.ZERO : order.patience();
    }

    private static Wish wish(ReserveOrder order, Caller caller) {
        return new Wish(
                caller.person(),
                order.selector(),
                order.priority(),
                order.duration() == null ? null : order.duration().toSeconds(),
                null,
                null,
                order.purpose(),
                order.context(),
                order.sshKeys(),
                order.power(),
                order.keepAlive() ? Boolean.TRUE : null);
    }

    private @Nullable Board heldAs(ReservationId id) {
        for (Board board : desk.boards().all()) {
            boolean held = board.state() == BoardState.PREPARING || board.state() == BoardState.RESERVED;
            if (held && board.isOf(id)) {
                return board;
            }
        }
        return null;
    }

    /** Boards that nobody has and nobody in the queue is about to get. */
    private List<Board> free(List<Board> usable) {
        List<Board> free = QueuePlan.free(desk.boards().all());
        Set<BoardName> promised = QueuePlan.of(
                        desk.requests().waiting(), free, (request, board) -> false, clock.instant())
                .keySet();
        return QueuePlan.free(usable).stream()
                .filter(board -> !promised.contains(board.name()))
                .toList();
    }

    /** Empty when none of them can be had; whoever has patience waits for one then. */
    private Mono<Board> tried(
            ReserveOrder order, Caller caller, List<Board> candidates, int tries, @Nullable Failure last) {
        if (candidates.isEmpty() || tries == TRIES_MAX) {
            return last == null || tries < TRIES_MAX && !patience(order).isZero()
                    ? Mono.empty()
                    : Mono.error(LabFaults.refused(last));
        }
        Board board = candidates.getFirst();
        List<Board> others = candidates.subList(1, candidates.size());
        return desk.sent(reservation(order, board, caller), caller)
                .then(Mono.just(true))
                .onErrorResume(
                        lost -> Refused.is(
                                lost, LabRefusal.RESERVED, LabRefusal.OUT_OF_SERVICE, LabRefusal.NO_SUCH_BOARD),
                        lost -> Mono.just(false))
                .flatMap(had -> had
                        ? madeReady(board.name(), order.id())
                                .onErrorResume(
                                        failed -> order.selector().board() == null && anotherMayDo(failed),
                                        failed -> tried(
                                                order,
                                                caller,
                                                others,
                                                tries + 1,
                                                LabFaults.of(failed, LabRefusal.SETUP_FAILED)))
                        : tried(order, caller, others, tries, last));
    }

    private static boolean anotherMayDo(Throwable failed) {
        return !Refused.is(failed, LabRefusal.UNACCEPTABLE, LabRefusal.NOT_RESERVED);
    }

    private ReserveBoard reservation(ReserveOrder order, Board board, Caller caller) {
        Instant now = clock.instant();
        Duration duration =
                order.duration() == null ? Duration.ofSeconds(board.definition().defaultSeconds()) : order.duration();
        Reservation reservation = new Reservation(
                order.id(),
                caller.person(),
                order.purpose(),
                order.context(),
                order.sshKeys(),
                order.power(),
                end(now, duration),
                order.keepAlive() ? Boolean.TRUE : null);
        return new ReserveBoard(board.name(), reservation, now);
    }

    /** The board when it is handed over; fails with why it could not be made ready. */
    private Mono<Board> madeReady(BoardName name, ReservationId id) {
        return desk.when(name, now -> now.state() != BoardState.PREPARING || !now.isOf(id), settings.preparationMax())
                .switchIfEmpty(Mono.error(() -> LabRefusal.SETUP_FAILED.because("The board '" + name
                        + "' is not ready after " + settings.preparationMax().toSeconds() + " seconds.")))
                .map(now -> {
                    if (now.state() == BoardState.RESERVED && now.isOf(id)) {
                        return now;
                    }
                    Course course = desk.outcomes().of(id, name);
                    if (course != null && course.failure() != null) {
                        throw LabFaults.refused(course.failure());
                    }
                    throw course != null && course.released() != null && !isInterrupted(course)
                            ? LabRefusal.NOT_RESERVED.because("The board '" + name + "' was taken back.")
                            : LabRefusal.SETUP_FAILED.because("The board '" + name + "' could not be made ready.");
                });
    }

    /** The server or an administrator stopped it, not who wants the board. */
    private static boolean isInterrupted(Course course) {
        return switch (course.released()) {
            case INTERRUPTED, MAINTENANCE, NOT_PREPARED -> !course.handedOver();
            case null, default -> false;
        };
    }

    /** What became of a request; empty when it still waits. */
    private Mono<Board> served(ReservationId id, Duration patience) {
        return desk.whenOver(id, patience).map(request -> switch (request.state()) {
            case FULFILLED -> stillIts(request);
            case FAILED ->
                throw LabFaults.refused(new Failure(
                        request.code() == null ? LabRefusal.SETUP_FAILED.code() : request.code(),
                        request.message() == null ? "No board could be made ready." : request.message()));
            case EXPIRED -> throw LabRefusal.NONE_FREE.because("No board became free in time.");
            case CANCELLED, WAITING, GRANTED ->
                throw LabRefusal.NO_SUCH_RESERVATION.because("The request " + id + " was cancelled.");
        });
    }

    private Board stillIts(LabRequest request) {
        Board board = request.board() == null ? null : desk.find(request.board());
        if (board == null || !board.isOf(request.id())) {
            throw LabRefusal.NOT_RESERVED.because("The board was given back already.");
        }
        return board;
    }

    Mono<LabRequest> queue(Wish wanted, ReservationId id, Caller caller) {
        return desk.caughtUp().then(Mono.defer(() -> {
            LabRequest known = desk.find(id);
            if (known != null) {
                return Mono.just(known);
            }
            Wish wish = WishRules.of(wanted, caller.person());
            WishRules.sensible(wish);
            Satisfaction.usable(wish, desk.boards());
            withinTheLimits(wish.holder());
            return desk.sent(new QueueRequest(id, wish), caller).then(known(id));
        }));
    }

    private void withinTheLimits(String holder) {
        List<LabRequest> waiting = desk.requests().waiting();
        if (waiting.size() >= settings.waitingMax()) {
            throw LabRefusal.TOO_MANY.because("The queue is full.");
        }
        long own = waiting.stream()
                .filter(each -> each.wish().holder().equals(holder))
                .count();
        if (own >= settings.waitingOfOneMax()) {
            throw LabRefusal.TOO_MANY.because("Nobody waits for more than " + settings.waitingOfOneMax() + " boards.");
        }
    }

    Mono<LabRequest> cancel(ReservationId id, Caller caller) {
        return desk.caughtUp()
                .then(known(id))
                .then(desk.sent(new CancelRequest(id, Desk.byUnlessAdmin(caller)), caller))
                .then(known(id));
    }

    private Mono<LabRequest> known(ReservationId id) {
        return Mono.fromCallable(() -> {
            LabRequest request = desk.find(id);
            if (request == null) {
                throw LabRefusal.NO_SUCH_RESERVATION.because("There is no request " + id + ".");
            }
            return request;
        });
    }
}
