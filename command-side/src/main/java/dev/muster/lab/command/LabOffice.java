package dev.muster.lab.command;

import static dev.muster.identity.Permission.LAB_ADMIN;
import static dev.muster.identity.Permission.LAB_USE;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Ids;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.ExtendReservation;
import dev.muster.lab.BoardCommand.MaintainBoard;
import dev.muster.lab.BoardCommand.OrderPower;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardCommand.ReturnBoard;
import dev.muster.lab.BoardCommand.ShareReservation;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Environment;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.PowerAction;
import dev.muster.lab.RefusedOrders;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.ShareMode;
import dev.muster.lab.command.LabOutcomes.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where orders about boards come in from every wire. It knows who may do what, gives the orders in the caller's name and
 * waits until their effects can be seen. A lab administrator may do to every board what its holder may.
 */
public final class LabOffice implements LabOrders {

    private final Desk desk;
    private final Attempts attempts;
    private final Lending lending;
    private final ConfiguredBoards configured;
    private final Clock clock;
    private final LabSettings settings;

    public LabOffice(Desk desk, ConfiguredBoards configured, RefusedOrders refused, Clock clock, LabSettings settings) {
        this.desk = desk;
        this.attempts = new Attempts(refused);
        this.lending = new Lending(desk, clock, settings);
        this.configured = configured;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Mono<Board> reserve(ReserveOrder order, Caller caller) {
        return attempts.at(
                "ReserveBoard",
                Attempts.target(order.selector()),
                caller,
                Desk.allowed(caller, LAB_USE).then(lending.reserve(order, caller)));
    }

    @Override
    public Mono<LabRequest> queue(Wish wish, ReservationId id, Caller caller) {
        return attempts.at(
                "QueueRequest",
                Attempts.target(wish.selector()),
                caller,
                Desk.allowed(caller, LAB_USE).then(lending.queue(wish, id, caller)));
    }

    @Override
    public Mono<LabRequest> cancel(ReservationId id, Caller caller) {
        return attempts.at(
                "CancelRequest",
                "lab-request/" + id,
                caller,
                Desk.allowed(caller, LAB_USE).then(lending.cancel(id, caller)));
    }

    @Override
    public Mono<Board> release(BoardName board, Caller caller) {
        return at(
                "ReleaseBoard",
                board,
                caller,
                takenBack(board, Desk.byUnlessAdmin(caller), ReleaseReason.RELEASED, caller, LAB_USE));
    }

    @Override
    public Mono<Board> kick(BoardName board, Caller caller) {
        return at("KickBoard", board, caller, takenBack(board, null, ReleaseReason.KICKED, caller, LAB_ADMIN));
    }

    private Mono<Board> at(String order, BoardName board, Caller caller, Mono<Board> work) {
        return attempts.at(order, RefusedOrders.board(board.value()), caller, work);
    }

    private Mono<Board> takenBack(
            BoardName name, @Nullable String by, ReleaseReason reason, Caller caller, Permission permission) {
        return Desk.allowed(caller, permission).then(desk.board(name)).flatMap(board -> desk.sent(
                        new ReleaseBoard(name, by, null, reason), caller)
                .then(cleaned(board, hasNoTraceOf(board.reservation()))));
    }

    private static Predicate<Board> hasNoTraceOf(@Nullable Reservation reservation) {
        ReservationId id = reservation == null ? null : reservation.id();
        return now -> now.state() == BoardState.FAULTY
                || now.reservation() == null
                || !now.reservation().id().equals(id);
    }

    private Mono<Board> cleaned(Board before, Predicate<Board> ended) {
        return desk.when(before.name(), ended, patience(before))
                .switchIfEmpty(Mono.defer(() -> goneOrGoingOn(before)))
                .map(LabOffice::onlyCleaned);
    }

    private static Board onlyCleaned(Board board) {
        if (board.state() == BoardState.FAULTY) {
            throw LabRefusal.RELEASE_FAILED.because(
                    "The board '" + board.name() + "' could not be cleaned up"
                            + (board.fault() == null ? "." : ": " + board.fault()),
                    Map.of("board", board.name().value()));
        }
        return board;
    }

    /** A device installs a release in its own time. */
    private Duration patience(Board board) {
        return board.definition().flashBack() == null ? settings.releaseMax() : Duration.ZERO;
    }

    /** A board that was to go when nobody has it is gone; one that is there takes too long, or is flashed back. */
    private Mono<Board> goneOrGoingOn(Board before) {
        Board now = desk.find(before.name());
        if (now != null && before.definition().flashBack() != null) {
            return Mono.just(now);
        }
        if (now != null) {
            return Mono.error(LabRefusal.RELEASE_FAILED.because(
                    "The board '" + before.name() + "' is still being cleaned up after "
                            + settings.releaseMax().toSeconds() + " seconds."));
        }
        return Mono.just(new Board(
                before.definition(),
                BoardState.FREE,
                null,
                null,
                Map.of(),
                Environment.NONE,
                before.power(),
                null,
                null,
                0,
                null,
                null,
                null,
                true,
                clock.instant(),
                before.version()));
    }

    @Override
    public Mono<Board> extend(BoardName name, Duration duration, Caller caller) {
        return at(
                "ExtendReservation",
                name,
                caller,
                Desk.allowed(caller, LAB_USE).then(desk.board(name)).flatMap(board -> {
                    if (duration.isNegative() || duration.isZero()) {
                        throw LabRefusal.BAD_VALUE.about("duration", "A reservation is extended by more than nothing.");
                    }
                    Reservation held = onlyReserved(board);
                    return desk.sent(
                                    new ExtendReservation(
                                            name, holderFor(held, caller), Lending.end(held.expiresAt(), duration)),
                                    caller)
                            .then(desk.board(name));
                }));
    }

    @Override
    public Mono<Board> share(BoardName name, String with, @Nullable ShareMode mode, Caller caller) {
        return at(
                "ShareReservation",
                name,
                caller,
                Desk.allowed(caller, LAB_USE).then(desk.board(name)).flatMap(board -> desk.sent(
                                new ShareReservation(name, holderFor(onlyReserved(board), caller), with, mode), caller)
                        .then(desk.board(name))));
    }

    /** Somebody's board is given away in their name only; an administrator acts in the holder's. */
    private static String holderFor(Reservation held, Caller caller) {
        return caller.may(LAB_ADMIN) ? held.holder() : caller.person();
    }

    private static Reservation onlyReserved(Board board) {
        if (board.state() != BoardState.RESERVED || board.reservation() == null) {
            throw LabRefusal.NOT_RESERVED.because(
                    "The board '" + board.name() + "' is " + board.state().wireName() + ".");
        }
        return board.reservation();
    }

    @Override
    public Mono<Board> power(BoardName name, PowerAction action, Caller caller) {
        return at(
                "OrderPower",
                name,
                caller,
                Desk.allowed(caller, LAB_USE).then(desk.board(name)).flatMap(board -> {
                    UUID operation = Ids.next(clock);
                    return desk.sent(new OrderPower(name, Desk.byUnlessAdmin(caller), operation, action), caller)
                            .then(desk.when(name, now -> !operation.equals(now.operation()), settings.powerMax()))
                            .switchIfEmpty(Mono.error(() -> LabRefusal.POWER_TIMEOUT.because(
                                    "The power of the board '" + name + "' is still being switched.")))
                            .map(now -> {
                                Failure failure = desk.outcomes().powerFailure(operation);
                                if (failure != null) {
                                    throw LabFaults.refused(failure);
                                }
                                return now;
                            });
                }));
    }

    @Override
    public Mono<Board> maintain(BoardName name, String note, boolean force, Caller caller) {
        return at(
                "MaintainBoard",
                name,
                caller,
                Desk.allowed(caller, LAB_ADMIN).then(desk.board(name)).flatMap(board -> desk.sent(
                                new MaintainBoard(name, note, force), caller)
                        .then(
                                force && board.state().isTaken()
                                        ? desk.when(name, now -> !now.state().isTaken(), patience(board))
                                                .switchIfEmpty(desk.board(name))
                                        : desk.board(name))));
    }

    @Override
    public Mono<Board> giveBack(BoardName name, Caller caller) {
        return at(
                "ReturnBoard",
                name,
                caller,
                Desk.allowed(caller, LAB_ADMIN).then(desk.board(name)).flatMap(board -> desk.sent(
                                new ReturnBoard(name), caller)
                        .then(cleaned(board, now -> now.state() != BoardState.RELEASING))));
    }

    @Override
    public Mono<LabConfiguration> configure(String text, Caller caller) {
        return Desk.allowed(caller, LAB_ADMIN)
                .then(Mono.fromCallable(() -> configured.putInForce(text, caller.provenance()))
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    @Override
    public Mono<LabConfiguration> reload(Caller caller) {
        return Desk.allowed(caller, LAB_ADMIN)
                .then(Mono.fromCallable(() -> configured.reload(caller.provenance()))
                        .subscribeOn(Schedulers.boundedElastic()));
    }
}
