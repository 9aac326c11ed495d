package dev.muster.lab.command;

import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.Boards;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequests;
import dev.muster.lab.ReservationId;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What {@link LabOffice} works with: orders that are seen to be carried out, and boards as they are then. Never blocks.
 *
 * @param outcomes a fold that must be registered with the others before the log is read
 */
public record Desk(Commands commands, Boards boards, LabRequests requests, LabOutcomes outcomes, Positions positions) {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(5);

    static Mono<Void> allowed(Caller caller, Permission permission) {
        return caller.may(permission)
                ? Mono.empty()
                : Mono.error(() -> IdentityRefusal.NOT_ALLOWED.because(
                        "This needs the permission " + permission.wireName() + "."));
    }

    /** For commands that a holder or an administrator may give. */
    static @Nullable String byUnlessAdmin(Caller caller) {
        return caller.may(Permission.LAB_ADMIN) ? null : caller.person();
    }

    /** The rest runs on threads of its own: those who wait are told by the one thread that reads the log for all. */
    Mono<Void> caughtUp() {
        return positions.caughtUp(CATCH_UP_MAX).publishOn(Schedulers.parallel());
    }

    /** Sends in the caller's name; completes when this node knows what came of it. */
    Mono<Void> sent(Object command, Caller caller) {
        return Attempts.sending()
                .then(Mono.defer(() -> Mono.fromFuture(commands.<Object>send(command, caller.provenance()), true)))
                .then(caughtUp());
    }

    @Nullable
    Board find(BoardName name) {
        return boards.find(name);
    }

    @Nullable
    LabRequest find(ReservationId id) {
        return requests.find(id);
    }

    /** As it is after everything that is durable now. */
    Mono<Board> board(BoardName name) {
        return caughtUp().then(Mono.fromCallable(() -> {
            Board board = boards.find(name);
            if (board == null) {
                throw LabRefusal.NO_SUCH_BOARD.because("There is no board '" + name + "'.");
            }
            return board;
        }));
    }

    /** The board as soon as it is like that, and all that is known with it; empty as {@link Boards#when} is. */
    Mono<Board> when(BoardName name, Predicate<Board> like, Duration waitMax) {
        return Mono.defer(() -> boards.when(name, like, waitMax))
                .flatMap(board -> caughtUp().thenReturn(board));
    }

    Mono<LabRequest> whenOver(ReservationId id, Duration waitMax) {
        return Mono.defer(() -> requests.when(id, request -> request.state().isOver(), waitMax))
                .flatMap(request -> caughtUp().thenReturn(request));
    }
}
