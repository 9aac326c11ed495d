package dev.muster.lab.wire;

import dev.muster.lab.Board;
import dev.muster.lab.BoardState;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Reservation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * WebSockets to boards (contract §5). Whatever can be refused is refused in plain HTTP before the protocol is switched,
 * so that a ProxyCommand can print why: 404, 409 not reserved, 403, 409 nothing of that kind, 429, and 426 at last.
 */
final class ChannelRoutes implements AutoCloseable {

    private final BitelabPorts ports;
    private final Duration startTimeout;
    private final BoardRoutes boards;
    private final Upgrades upgrades;
    final Channels channels;

    ChannelRoutes(BitelabPorts ports, BitelabSettings settings, BoardRoutes boards, Upgrades upgrades) {
        this.ports = ports;
        this.startTimeout = settings.channels().startTimeout();
        this.boards = boards;
        this.upgrades = upgrades;
        this.channels = new Channels(ports, settings);
    }

    Mono<Void> ssh(Visit visit) {
        Board board = boards.board(visit);
        Reservation reservation = allowed(visit, board, false);
        if (board.environment().ssh().isEmpty()) {
            throw LabRefusal.CAPABILITY_MISSING.because("The board's environment has no ssh server.");
        }
        Upgrades.check(visit, null);
        return open(
                visit,
                null,
                false,
                seat(visit, board, reservation, false),
                (seat, wire) -> new TunnelTalk(
                        seat, wire, farEnd(wire), board.environment().ssh()));
    }

    Mono<Void> exec(Visit visit) {
        Board board = boards.board(visit);
        Reservation reservation = allowed(visit, board, false);
        if (board.environment().exec().isEmpty()) {
            throw LabRefusal.CAPABILITY_MISSING.because("Nothing can be run in the board's environment.");
        }
        Upgrades.check(visit, ExecTalk.PROTOCOL);
        return open(
                visit,
                ExecTalk.PROTOCOL,
                true,
                seat(visit, board, reservation, false),
                (seat, wire) -> new ExecTalk(
                        seat, wire, farEnd(wire), board.environment().exec(), startTimeout));
    }

    Mono<Void> console(Visit visit) {
        Board board = boards.board(visit);
        boolean writes = writes(visit, board);
        int replay = replay(visit.query().last("replay"));
        Reservation reservation = allowed(visit, board, !writes);
        if (board.definition().console().isEmpty()) {
            throw LabRefusal.CAPABILITY_MISSING.because("The board has no serial console.");
        }
        Upgrades.check(visit, null);
        return open(
                visit,
                null,
                true,
                seat(visit, board, reservation, !writes),
                (seat, wire) -> new ConsoleTalk(ports, seat, wire, writes, replay, visit.isPage()));
    }

    /** Those who may write do, unless they say otherwise; administrators look, unless they say otherwise. */
    private static boolean writes(Visit visit, Board board) {
        String mode = visit.query().last("mode");
        return switch (mode == null ? "" : mode) {
            case "" -> board.isUsedBy(visit.caller().person()) && Need.USE.isMetBy(visit.caller());
            case "ro" -> false;
            case "rw" -> {
                if (!Need.USE.isMetBy(visit.caller())) {
                    throw WireFailure.forbidden(Need.USE.scope);
                }
                yield true;
            }
            default -> throw WireFailure.badValue("'mode' is rw or ro.");
        };
    }

    private static int replay(@Nullable String text) {
        if (text == null) {
            return ConsoleTalk.REPLAY_USUAL;
        }
        int bytes = text.matches("\\d{1,7}") ? Integer.parseInt(text) : -1;
        if (bytes < 0 || bytes > ConsoleTalk.REPLAY_MAX) {
            throw WireFailure.badValue("'replay' is a number of bytes, at most a mebibyte.");
        }
        return bytes;
    }

    /** The reservation by which the visitor may do this. */
    private static Reservation allowed(Visit visit, Board board, boolean onlyLooks) {
        Reservation reservation = board.reservation();
        if (reservation == null || board.state() != BoardState.RESERVED) {
            throw LabRefusal.NOT_RESERVED.because("Nobody has reserved the board.");
        }
        if (!Seat.isAllowed(board, visit.caller(), onlyLooks)) {
            throw LabRefusal.NOT_HOLDER.because("Somebody else has the board.");
        }
        return reservation;
    }

    private Seat seat(Visit visit, Board board, Reservation reservation, boolean onlyLooks) {
        return channels.take(board, reservation, visit.caller(), visit.proof(), onlyLooks);
    }

    private FarEnd farEnd(Wire wire) {
        return new FarEnd(ports.processes(), wire, startTimeout);
    }

    private interface Opening {
        Talk talk(Seat seat, Wire wire);
    }

    private Mono<Void> open(Visit visit, @Nullable String protocol, boolean wholeMessages, Seat seat, Opening opening) {
        return upgrades.open(visit, protocol, wholeMessages, wire -> opening.talk(seat, wire), seat::leave);
    }

    @Override
    public void close() {
        channels.close();
    }
}
