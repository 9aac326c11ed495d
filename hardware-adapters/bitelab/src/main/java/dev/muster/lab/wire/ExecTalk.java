package dev.muster.lab.wire;

import dev.muster.lab.BoardProcesses.Exit;
import dev.muster.lab.BoardProcesses.Running;
import dev.muster.lab.BoardProcesses.Terminal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A command in a board's environment: {@code bitelab.exec.v1} (contract §5.2). */
final class ExecTalk implements Talk {

    static final String PROTOCOL = "bitelab.exec.v1";

    private static final Logger LOG = LoggerFactory.getLogger(ExecTalk.class);
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final Set<String> SIGNALS = Set.of("INT", "TERM", "KILL");

    private final Seat seat;
    private final Wire wire;
    private final FarEnd farEnd;
    private final List<String> prefix;
    private final Duration orderTimeout;
    private boolean isOrdered;
    private boolean hasTerminal;

    ExecTalk(Seat seat, Wire wire, FarEnd farEnd, List<String> prefix, Duration orderTimeout) {
        this.seat = seat;
        this.wire = wire;
        this.farEnd = farEnd;
        this.prefix = prefix;
        this.orderTimeout = orderTimeout;
    }

    @Override
    public void begin() {
        seat.sits(wire, this);
        var _ = wire.loop()
                .schedule(
                        () -> {
                            if (!isOrdered) {
                                fail("too-slow", "Nothing was ordered in time.");
                            }
                        },
                        orderTimeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void text(String text) {
        try {
            Members message = Members.read(text.getBytes(StandardCharsets.UTF_8));
            String cmd = message.text("cmd");
            switch (cmd == null ? "" : cmd) {
                case "exec" -> exec(message);
                case "resize" -> resize(ExecOrder.resized(message));
                case "signal" -> signal(message.required("name"));
                default -> throw new WireFailure(400, "unknown-cmd", "There are exec, resize and signal.");
            }
        } catch (WireFailure failure) {
            wire.complain(failure);
        }
    }

    private void exec(Members message) {
        if (isOrdered) {
            throw WireFailure.badValue("Something was ordered already.");
        }
        isOrdered = true;
        ExecOrder order;
        try {
            order = ExecOrder.read(message);
        } catch (WireFailure failure) {
            fail(failure.code(), failure.text());
            return;
        }
        hasTerminal = order.terminal() != null;
        List<String> argv = new ArrayList<>(prefix);
        argv.addAll(order.argv());
        farEnd.start(argv, order.terminal(), (running, failure) -> {
            if (running == null) {
                WireFailure why = WireFailure.of(failure == null ? new IllegalStateException() : failure);
                LOG.info("A command on {} could not be started: {}", seat.board, why.text());
                fail(why.code(), why.text());
            } else {
                wire.say(object().put("status", "started"));
                connect(running);
            }
        });
    }

    private void fail(String code, String error) {
        wire.say(object().put("status", "error").put("code", code).put("error", error));
        seat.endWith(CloseCode.NOT_STARTED, error);
    }

    private void connect(Running running) {
        running.input(wire.gate.through());
        Mono<Void> stdout = pour(running.output(), STDOUT);
        // With a terminal there is one stream only; the other one ends at once and nobody is told.
        Mono<Void> stderr = hasTerminal ? running.errors().then() : pour(running.errors(), STDERR);
        wire.carries(Mono.when(stdout, stderr)
                .then(Mono.fromFuture(running::exit, true))
                .subscribe(this::ended, failure -> seat.endWith(CloseCode.OTHER, "The command's output broke off.")));
    }

    /** A message of the mark alone says that the stream has ended. */
    private Mono<Void> pour(Flux<byte[]> stream, int mark) {
        return wire.outlet.pour(
                stream.filter(bytes -> bytes.length > 0).concatWithValues(new byte[0]),
                bytes -> Wire.binary(mark, bytes));
    }

    private void ended(Exit exit) {
        ObjectNode how = object();
        if (exit.signal() == null) {
            how.put("code", exit.code());
        } else {
            how.put("signal", exit.signal());
        }
        ObjectNode last = object();
        last.set("exit", how);
        wire.say(last);
        seat.endWith(CloseCode.END, "");
    }

    private void resize(Terminal size) {
        if (!hasTerminal) {
            throw WireFailure.badValue("The command has no terminal.");
        }
        running().resize(size.cols(), size.rows());
    }

    private void signal(String name) {
        if (!SIGNALS.contains(name)) {
            throw WireFailure.badValue("The signals are INT, TERM and KILL.");
        }
        running().signal(name);
    }

    private Running running() {
        Running running = farEnd.running();
        if (running == null) {
            throw WireFailure.badValue("Nothing runs.");
        }
        return running;
    }

    @Override
    public void bytes(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != STDIN || !isOrdered) {
            wire.complain(WireFailure.badValue("Binary messages are a zero and input for the command."));
        } else if (bytes.length == 1) {
            wire.gate.end();
        } else {
            wire.gate.take(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
    }

    @Override
    public void over() {
        farEnd.end();
        seat.leave();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
