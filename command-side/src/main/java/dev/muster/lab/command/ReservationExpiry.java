package dev.muster.lab.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Provenance;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes boards back when their time is over: by the wall clock, for that is what was promised; never earlier, and no
 * later than one look. It looks at how things stand, so neither a stop nor a clock that jumps loses an end.
 */
public final class ReservationExpiry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReservationExpiry.class);
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:lab-expiry");

    private final Commands commands;
    private final Boards boards;
    private final Clock clock;
    private final LabSettings settings;
    private final Lookout lookout;

    public ReservationExpiry(Commands commands, Boards boards, Clock clock, LabSettings settings) {
        this.commands = commands;
        this.boards = boards;
        this.clock = clock;
        this.settings = settings;
        this.lookout = new Lookout("lab-expiry", settings.expiryEvery(), this::look);
    }

    /** Once, when this node has read the log. */
    public void start() {
        lookout.start();
    }

    /** Looks once; answers how long until the next one ends, at most until the next look. */
    Duration look() {
        Instant now = clock.instant();
        Duration next = settings.expiryEvery();
        for (Board board : boards.all()) {
            Reservation reservation = board.reservation();
            if (reservation == null || board.state() != BoardState.RESERVED && board.state() != BoardState.PREPARING) {
                continue;
            }
            Duration left = Duration.between(now, reservation.expiresAt());
            if (!left.isPositive()) {
                end(board, reservation);
            } else if (left.compareTo(next) < 0) {
                next = left;
            }
        }
        return next;
    }

    private void end(Board board, Reservation reservation) {
        CompletableFuture<Object> order =
                commands.send(new ReleaseBoard(board.name(), null, reservation.id(), ReleaseReason.EXPIRED), SYSTEM);
        try {
            Await.done(order);
        } catch (RuntimeException e) {
            LOG.warn("The board {} could not be taken back at the end of its time; it is tried again", board.name(), e);
        }
    }

    @Override
    public void close() {
        lookout.close();
    }
}
