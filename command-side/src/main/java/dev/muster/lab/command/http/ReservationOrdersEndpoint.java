package dev.muster.lab.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Positions;
import dev.muster.kernel.RequestIds;
import dev.muster.lab.Board;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequests;
import dev.muster.lab.ReservationId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Orders about reservations, whichever board they are of or wait for. */
@RestController
@RequestMapping("/api/v1/lab/reservations")
public class ReservationOrdersEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);
    /** Patience enough to be queued. */
    private static final Duration QUEUED = Duration.ofMillis(1);

    private final LabOrders orders;
    private final Boards boards;
    private final LabRequests requests;
    private final RequestIds ids;
    private final Positions positions;

    public ReservationOrdersEndpoint(
            LabOrders orders, Boards boards, LabRequests requests, RequestIds ids, Positions positions) {
        this.orders = orders;
        this.boards = boards;
        this.requests = requests;
        this.ids = ids;
        this.positions = positions;
    }

    @PostMapping
    @Requires(Permission.LAB_USE)
    @Operation(summary = "Reserve any board that would do: 201 with the board, or 202 with the request in the queue")
    public Mono<ResponseEntity<Object>> reserve(@RequestBody ReservationRequest request) {
        return Caller.current()
                .flatMap(caller -> ids.next().map(ReservationId::new).flatMap(id -> {
                    Mono<Board> board = request.earliest() == null && request.until() == null
                            ? orders.reserve(request.order(id, request.selector(), QUEUED), caller)
                            : orders.queue(request.queued(), id, caller).then(served(id, request.waits()));
                    return board.map(ready -> ReservedAnswers.of(ready, true))
                            .switchIfEmpty(ReservedAnswers.waiting(id, requests));
                }));
    }

    /** Empty when there is no board for it in that time. */
    private Mono<Board> served(ReservationId id, Duration waits) {
        return waits.isZero()
                ? Mono.empty()
                : requests.when(id, request -> request.state().isOver(), waits)
                        .flatMap(request -> positions.caughtUp(CATCH_UP_MAX).thenReturn(request))
                        .publishOn(Schedulers.parallel())
                        .filter(request -> request.state() == LabRequest.State.FULFILLED)
                        .flatMap(request -> Mono.justOrEmpty(heldAs(id)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.LAB_USE)
    @Operation(summary = "End a reservation: leave the queue, or give the board back")
    public Mono<Void> end(@PathVariable String id) {
        ReservationId reservation = parsed(id);
        return Caller.current()
                .flatMap(caller -> positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> {
                    LabRequest request = requests.find(reservation);
                    if (request != null && !request.state().isOver()) {
                        return orders.cancel(reservation, caller).then();
                    }
                    Board held = heldAs(reservation).orElse(null);
                    if (held != null) {
                        return orders.release(held.name(), caller).then();
                    }
                    return request == null
                            ? Mono.error(LabRefusal.NO_SUCH_RESERVATION.because("There is no reservation " + id + "."))
                            : orders.cancel(reservation, caller).then();
                })));
    }

    private Optional<Board> heldAs(ReservationId id) {
        return boards.all().stream()
                .filter(board -> board.state() == BoardState.PREPARING || board.state() == BoardState.RESERVED)
                .filter(board -> board.isOf(id))
                .findFirst();
    }

    private static ReservationId parsed(String id) {
        try {
            return new ReservationId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw LabRefusal.NO_SUCH_RESERVATION.because("This is no reservation.");
        }
    }
}
