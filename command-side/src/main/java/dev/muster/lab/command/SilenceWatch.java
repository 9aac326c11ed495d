package dev.muster.lab.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Provenance;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand.ReleaseBoard;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.LabContacts;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes boards back whose holders said that they would be heard of, and are not. A contact is no fact and is kept in
 * memory only: whoever this node has not heard of since it started has the whole time from then on, and so has whoever
 * was handed a board just now. It looks at how things stand, so no stop loses an end; but while this node stood still, or
 * its clock jumped, it could hear nobody, and that is no silence of theirs.
 */
public final class SilenceWatch implements LabContacts, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:lab-silence");

    private final Commands commands;
    private final Boards boards;
    private final Clock clock;
    private final Duration silenceMax;
    /** More between two looks, and it did not only look late. */
    private final Duration pauseMax;

    private final Map<ReservationId, Instant> heard = new ConcurrentHashMap<>();
    private final Lookout lookout;
    /** The looking thread's own. */
    private @Nullable Instant looked;

    /** @param silenceMax for how long a holder may be silent; the end comes one look later at most */
    public SilenceWatch(Commands commands, Boards boards, Clock clock, LabSettings settings, Duration silenceMax) {
        if (!silenceMax.isPositive()) {
            throw new IllegalArgumentException("holders need some time to be heard of");
        }
        this.commands = commands;
        this.boards = boards;
        this.clock = clock;
        this.silenceMax = silenceMax;
        Duration looks = settings.expiryEvery().multipliedBy(3);
        this.pauseMax = looks.compareTo(silenceMax.dividedBy(2)) > 0 ? looks : silenceMax.dividedBy(2);
        this.lookout = new Lookout("lab-silence", settings.expiryEvery(), () -> {
            look();
            return settings.expiryEvery();
        });
    }

    /** Once, when this node has read the log. */
    public void start() {
        lookout.start();
    }

    @Override
    public void heard(BoardName name, String person) {
        Board board = boards.find(name);
        if (board == null || board.state() != BoardState.RESERVED || !board.isHeldBy(person)) {
            // Not while it is prepared: the time begins when the board is handed over.
            return;
        }
        Reservation reservation = board.reservation();
        if (reservation != null && reservation.endsInSilence()) {
            heard.put(reservation.id(), clock.instant());
        }
    }

    /** Only who is waited for already is looked for: the time of all others has not begun. */
    @Override
    public void heard(ReservationId id, String person) {
        if (!heard.containsKey(id)) {
            return;
        }
        for (Board board : boards.all()) {
            if (board.reservation() != null && board.reservation().id().equals(id)) {
                heard(board.name(), person);
            }
        }
    }

    /** Looks once. */
    void look() {
        Instant now = clock.instant();
        if (looked != null && isGap(Duration.between(looked, now))) {
            heard.replaceAll((id, before) -> now);
        }
        looked = now;
        Set<ReservationId> current = new HashSet<>();
        for (Board board : boards.all()) {
            Reservation reservation = board.reservation();
            if (reservation == null || !reservation.endsInSilence() || board.state() != BoardState.RESERVED) {
                continue;
            }
            current.add(reservation.id());
            Instant last = heard.computeIfAbsent(reservation.id(), first -> now);
            if (Duration.between(last, now).compareTo(silenceMax) >= 0) {
                end(board, reservation);
            }
        }
        heard.keySet().retainAll(current);
    }

    private boolean isGap(Duration pause) {
        return pause.isNegative() || pause.compareTo(pauseMax) > 0;
    }

    private void end(Board board, Reservation reservation) {
        try {
            Await.done(commands.<Object>send(
                    new ReleaseBoard(board.name(), null, reservation.id(), ReleaseReason.SILENT), SYSTEM));
        } catch (RuntimeException e) {
            LOG.warn("The board {} of a silent holder could not be taken back; it is tried again", board.name(), e);
        }
    }

    @Override
    public void close() {
        lookout.close();
    }
}
