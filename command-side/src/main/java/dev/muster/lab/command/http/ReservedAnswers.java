package dev.muster.lab.command.http;

import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequests;
import dev.muster.lab.ReservationId;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

/** What whoever wants a board is answered: the board, or the request that waits for one. */
final class ReservedAnswers {

    private ReservedAnswers() {}

    /**
     * A request in the queue.
     *
     * @param state lower case, as {@link LabRequest.State#wireName()}
     * @param place 1 for the first in line, 0 when it waits no longer
     * @param board that is being prepared for it
     */
    public record WaitingRequest(
            ReservationId id,
            String state,
            int place,
            @Nullable BoardName board,
            Instant queuedAt) {}

    /** @param made whether the answer says that something new was made */
    static ResponseEntity<Object> of(Board board, boolean made) {
        LentBoard lent = LentBoard.of(board);
        return made && board.reservation() != null
                ? ResponseEntity.created(location(board.reservation().id())).body(lent)
                : ResponseEntity.ok(lent);
    }

    static Mono<ResponseEntity<Object>> waiting(ReservationId id, LabRequests requests) {
        return Mono.fromCallable(() -> {
            LabRequest request = requests.find(id);
            if (request == null) {
                throw LabRefusal.NO_SUCH_RESERVATION.because("There is no request " + id + ".");
            }
            return ResponseEntity.accepted()
                    .location(location(id))
                    .<Object>body(new WaitingRequest(
                            id, request.state().wireName(), requests.placeOf(id), request.board(), request.queuedAt()));
        });
    }

    private static URI location(ReservationId id) {
        return URI.create("/api/v1/lab/reservations/" + id);
    }
}
