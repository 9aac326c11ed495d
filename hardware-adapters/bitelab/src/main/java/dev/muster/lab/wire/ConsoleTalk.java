package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.lab.Board;
import dev.muster.lab.ConsoleLines.Attached;
import dev.muster.lab.ConsoleLines.Notice;
import dev.muster.lab.PowerAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A board's serial console (contract §5.3): one writes, others look. */
final class ConsoleTalk implements Talk {

    static final int REPLAY_USUAL = 16 << 10;
    static final int REPLAY_MAX = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleTalk.class);
    private static final int BAUD_MAX = 12_000_000;

    private final BitelabPorts ports;
    private final Seat seat;
    private final Wire wire;
    private final boolean writes;
    private final int replay;
    private final boolean isPage;
    private @Nullable Attached line;

    /**
     * @param isPage whether it is told, too, whether the pen is its own: a name does not say that, for one person may have
     *     several pages open
     */
    ConsoleTalk(BitelabPorts ports, Seat seat, Wire wire, boolean writes, int replay, boolean isPage) {
        this.ports = ports;
        this.seat = seat;
        this.wire = wire;
        this.writes = writes;
        this.replay = replay;
        this.isPage = isPage;
    }

    @Override
    public void begin() {
        seat.sits(wire, this);
        Attached attached = ports.consoles().attach(seat.board, ports.names().of(seat.caller.person()), writes, replay);
        if (attached == null) {
            seat.endWith(CloseCode.NOT_STARTED, "The console is not open at the moment.");
            return;
        }
        line = attached;
        wire.carries(attached.notices()
                .subscribe(this::tell, failure -> LOG.debug("No more notices of {}", seat.board, failure)));
        wire.carries(wire.outlet
                .pour(attached.output(), Wire::binary)
                .subscribe(
                        nothing -> {},
                        failure -> seat.endWith(CloseCode.OTHER, "The console broke off."),
                        () -> seat.endWith(CloseCode.END, "The console was closed.")));
        wire.gate
                .through()
                .concatMap(
                        bytes -> Mono.fromFuture(() -> attached.write(bytes), true)
                                .onErrorResume(failure -> {
                                    wire.complain(WireFailure.of(failure));
                                    return Mono.empty();
                                }),
                        1)
                .subscribe();
    }

    private void tell(Notice notice) {
        switch (notice.kind()) {
            case WRITER -> tellWriter(notice.detail());
            case LOST -> wire.say(object().put("event", "console-lost"));
            case BACK -> wire.say(object().put("event", "console-back"));
        }
    }

    private void tellWriter(@Nullable String writer) {
        ObjectNode said = object().put("writer", writer);
        Attached known = line;
        if (isPage && known != null) {
            said.put("mine", known.isWriter());
        }
        wire.say(said);
    }

    @Override
    public void changed(@Nullable Board before, Board after) {
        if (before != null && before.power() != after.power()) {
            ObjectNode event = object().put("event", "power");
            event.set("value", BoardJson.power(after.power()));
            wire.say(event);
        }
    }

    @Override
    public void bytes(byte[] bytes) {
        try {
            pen();
            wire.gate.take(bytes);
        } catch (WireFailure failure) {
            wire.complain(failure);
        }
    }

    @Override
    public void text(String text) {
        try {
            Members message = Members.read(text.getBytes(StandardCharsets.UTF_8));
            String cmd = message.text("cmd");
            switch (cmd == null ? "" : cmd) {
                case "take" -> writer().take();
                case "break" -> heed(pen().sendBreak());
                case "baud" -> heed(pen().baud(message.number("value", 1, BAUD_MAX)));
                case "power" -> power(PowerAction.named(message.required("value")));
                default -> throw new WireFailure(400, "unknown-cmd", "There are take, break, baud and power.");
            }
        } catch (RuntimeException failure) {
            wire.complain(WireFailure.of(failure));
        }
    }

    /** The line, for whoever came to write. */
    private Attached writer() {
        Attached known = line;
        if (!writes || known == null) {
            throw new WireFailure(403, "read-only", "You only look at this console.");
        }
        return known;
    }

    /** The line, for the one who writes now. */
    private Attached pen() {
        Attached known = writer();
        if (!known.isWriter()) {
            throw new WireFailure(409, "no-pen", "Somebody else writes; take the pen first.");
        }
        return known;
    }

    private void heed(CompletableFuture<Void> work) {
        var _ = work.whenComplete((done, failure) -> {
            if (failure != null) {
                wire.complain(WireFailure.of(failure));
            }
        });
    }

    /** What becomes of it is told to all who look, as a change of the board. */
    private void power(PowerAction action) {
        if (!writes) {
            throw new WireFailure(403, "read-only", "You only look at this console.");
        }
        ports.orders()
                .power(seat.board, action, seat.caller)
                .contextWrite(context -> context.put(Caller.class, seat.caller))
                .subscribe(board -> {}, failure -> wire.complain(WireFailure.of(failure)));
    }

    @Override
    public void over() {
        if (line != null) {
            line.close();
        }
        seat.leave();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
