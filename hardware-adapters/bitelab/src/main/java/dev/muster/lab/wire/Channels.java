package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open channels of boards, a bounded number. It hears of every change of a board and ends the channels of those who
 * have it no longer, and it looks at their proofs every now and then, for nobody is told when a token is revoked.
 */
final class Channels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);
    private static final String STOPS = "The server stops.";
    private static final Duration LOOK_UP_MAX = Duration.ofSeconds(5);

    private final BitelabPorts ports;
    private final BitelabSettings.ChannelLimits limits;
    private final Map<BoardName, Set<Seat>> seats = new ConcurrentHashMap<>();
    /** Guarded by this. */
    private int taken;

    private volatile boolean isClosed;

    private final AutoCloseable hearing;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lab-channels").daemon().factory());

    Channels(BitelabPorts ports, BitelabSettings settings) {
        this.ports = ports;
        this.limits = settings.channels();
        this.hearing = ports.boards().onChange(this::changed);
        long pause = limits.tokenCheckInterval().toMillis();
        var _ = looking.scheduleWithFixedDelay(this::lookAtAll, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** A place for one more; refuses with 429 when there is none. Whoever takes one leaves it. */
    synchronized Seat take(Board board, Reservation reservation, Caller caller, Proof proof, boolean onlyLooks) {
        Set<Seat> others = seats.get(board.name());
        if (taken >= limits.max() || (others != null && others.size() >= limits.perBoardMax())) {
            throw WireFailure.tooMany("Too many channels are open; close one first.");
        }
        Seat seat = new Seat(this, board.name(), reservation.id(), caller, proof, onlyLooks);
        seats.computeIfAbsent(board.name(), name -> ConcurrentHashMap.newKeySet())
                .add(seat);
        taken++;
        return seat;
    }

    synchronized void left(Seat seat) {
        Set<Seat> others = seats.get(seat.board);
        if (others != null && others.remove(seat)) {
            taken--;
            if (others.isEmpty()) {
                seats.remove(seat.board);
            }
        }
    }

    synchronized int taken() {
        return taken;
    }

    /** Judges one by the board as it is now. */
    void look(Seat seat) {
        if (isClosed) {
            seat.end(CloseCode.OTHER, STOPS);
            return;
        }
        Board now = ports.boards().find(seat.board);
        seat.judge(now, now);
    }

    private void changed(@Nullable Board before, @Nullable Board after) {
        Board any = after == null ? before : after;
        Set<Seat> known = any == null ? null : seats.get(any.name());
        if (known != null) {
            known.forEach(seat -> seat.judge(before, after));
        }
    }

    /** What failed once is looked at again: an executor would not. */
    private void lookAtAll() {
        try {
            // Whoever has a channel open is there, whether anything goes over it or not: its pings are answered.
            seats.forEach((board, all) -> all.forEach(seat -> ports.contacts().heard(board, seat.caller.person())));
            lookAtProofs();
        } catch (RuntimeException e) {
            LOG.warn("Open channels could not be looked at; that is tried again", e);
        }
    }

    private void lookAtProofs() {
        Map<Proof, List<Seat>> byProof = new HashMap<>();
        seats.values()
                .forEach(all -> all.forEach(seat -> byProof.computeIfAbsent(seat.proof, each -> new ArrayList<>())
                        .add(seat)));
        byProof.forEach((proof, all) -> {
            try {
                proof.callerOf(all.getFirst().caller.provenance())
                        .timeout(LOOK_UP_MAX)
                        .materialize()
                        .subscribe(signal -> judged(all, signal.isOnError(), signal.get()));
            } catch (RuntimeException e) {
                LOG.warn("A token or session could not be looked at again", e);
            }
        });
    }

    /** A look-up that fails says nothing about the proof. */
    private static void judged(List<Seat> all, boolean failed, @Nullable Caller caller) {
        if (failed) {
            return;
        }
        for (Seat seat : all) {
            Need need = seat.onlyLooks ? Need.READ : Need.USE;
            if (caller == null) {
                seat.end(CloseCode.TOKEN_REVOKED, "The token is not valid any longer.");
            } else if (!need.isMetBy(caller)) {
                seat.end(CloseCode.TOKEN_REVOKED, "The token may not do this any longer.");
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        looking.shutdownNow();
        seats.values().forEach(all -> all.forEach(seat -> seat.end(CloseCode.OTHER, STOPS)));
        try {
            hearing.close();
        } catch (Exception e) {
            LOG.warn("Channels still hear of boards", e);
        }
    }
}
