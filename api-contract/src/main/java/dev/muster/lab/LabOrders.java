package dev.muster.lab;

import dev.muster.identity.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Orders about the lab that concern more than one aggregate, or whose answer is what an adapter makes of them. For all
 * wires alike. Each checks that the caller may; answers come when the effect is durable and can be read.
 */
public interface LabOrders {

    /**
     * What is wanted.
     *
     * @param duration null: as the board says
     * @param patience how long to queue when none is free; null or zero: not at all
     * @param keepAlive whether it ends when its holder is not heard of for too long
     * @param id names the reservation, so that a retry meets the first attempt
     */
    record ReserveOrder(
            ReservationId id,
            Selector selector,
            int priority,
            @Nullable Duration duration,
            @Nullable Duration patience,
            @Nullable String purpose,
            Map<String, String> context,
            List<String> sshKeys,
            PowerWish power,
            boolean keepAlive) {

        /** For a reservation that lasts to its end. */
        public ReserveOrder(
                ReservationId id,
                Selector selector,
                int priority,
                @Nullable Duration duration,
                @Nullable Duration patience,
                @Nullable String purpose,
                Map<String, String> context,
                List<String> sshKeys,
                PowerWish power) {
            this(id, selector, priority, duration, patience, purpose, context, sshKeys, power, false);
        }
    }

    /**
     * A board in state reserved; empty when {@code patience} ended first: the request stays in the queue. Fails with
     * {@link LabRefusal} otherwise, with {@link LabRefusal#UNSATISFIABLE} also when there is no board or class of that
     * name. Of boards of a class at most three are tried.
     */
    Mono<Board> reserve(ReserveOrder order, Caller caller);

    /** Queues. Fails with {@link LabRefusal#UNSATISFIABLE} when no board could ever do, details: the reason by board. */
    Mono<LabRequest> queue(LabRequestEvent.Wish wish, ReservationId id, Caller caller);

    Mono<LabRequest> cancel(ReservationId id, Caller caller);

    /**
     * The board when it is free again; fails with {@link LabRefusal#RELEASE_FAILED}. One that is flashed back is answered
     * while it is still releasing, for that may take longer than anybody waits; so it is wherever a board is cleaned up.
     */
    Mono<Board> release(BoardName board, Caller caller);

    /** An administrator takes it back. */
    Mono<Board> kick(BoardName board, Caller caller);

    Mono<Board> extend(BoardName board, Duration duration, Caller caller);

    /** @param mode null: no longer */
    Mono<Board> share(BoardName board, String with, @Nullable ShareMode mode, Caller caller);

    /** The board with its power read back; fails with one of the refusals of {@link PowerSwitches}. */
    Mono<Board> power(BoardName board, PowerAction action, Caller caller);

    Mono<Board> maintain(BoardName board, String note, boolean force, Caller caller);

    Mono<Board> giveBack(BoardName board, Caller caller);

    /** Puts a configuration in force, all or nothing; answers it. Fails with {@link LabRefusal#CONFIGURATION_INVALID}. */
    Mono<LabConfiguration> configure(String text, Caller caller);

    /** Puts the configured file in force. */
    Mono<LabConfiguration> reload(Caller caller);
}
