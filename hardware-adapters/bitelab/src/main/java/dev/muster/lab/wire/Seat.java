package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.ReservationId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One channel of a board that is open or about to be: whose, by what proof, for which reservation. */
final class Seat {

    final BoardName board;
    final ReservationId reservation;
    final Caller caller;
    final Proof proof;
    /** Whether they only look. */
    final boolean onlyLooks;

    private final AtomicBoolean hasLeft = new AtomicBoolean();
    private final Channels channels;
    private volatile @Nullable Wire wire;
    private volatile @Nullable Talk talk;

    Seat(Channels channels, BoardName board, ReservationId reservation, Caller caller, Proof proof, boolean onlyLooks) {
        this.channels = channels;
        this.board = board;
        this.reservation = reservation;
        this.caller = caller;
        this.proof = proof;
        this.onlyLooks = onlyLooks;
    }

    /** Whether this person may use the board as it is now, or look at it. */
    static boolean isAllowed(Board board, Caller caller, boolean onlyLooks) {
        return caller.may(Permission.LAB_ADMIN)
                || (onlyLooks ? board.isSeenBy(caller.person()) : board.isUsedBy(caller.person()));
    }

    /** It is open now. What changed since it was asked for is found out at once. */
    void sits(Wire on, Talk with) {
        wire = on;
        talk = with;
        channels.look(this);
    }

    /** Judges the board as it is now; null: it is gone. */
    void judge(@Nullable Board before, @Nullable Board now) {
        if (now == null || now.state() == BoardState.MAINTENANCE || now.state() == BoardState.FAULTY) {
            end(CloseCode.BOARD_CHANGED, "The board is out of service.");
        } else if (now.state() != BoardState.RESERVED || !now.isOf(reservation)) {
            end(CloseCode.RESERVATION_LOST, "The reservation has ended.");
        } else if (!isAllowed(now, caller, onlyLooks)) {
            end(CloseCode.RESERVATION_LOST, "The board is not shared with you any longer.");
        } else {
            Talk known = talk;
            if (known != null) {
                known.changed(before, now);
            }
        }
    }

    void end(CloseCode code, String reason) {
        Wire known = wire;
        if (known != null) {
            known.end(code, reason);
        }
    }

    /** The far end is through. If that is so because the reservation ended, that is what is said. */
    void endWith(CloseCode code, String reason) {
        channels.look(this);
        end(code, reason);
    }

    void leave() {
        if (hasLeft.compareAndSet(false, true)) {
            channels.left(this);
        }
    }
}
