package dev.muster.lab.wire;

import dev.muster.lab.BoardProcesses.Running;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A raw tunnel to an ssh server on its standard input and output (contract §5.1). */
final class TunnelTalk implements Talk {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelTalk.class);
    private static final int LOGGED_BYTES_MAX = 16 << 10;

    private final Seat seat;
    private final Wire wire;
    private final FarEnd farEnd;
    private final List<String> argv;
    private int logged;

    TunnelTalk(Seat seat, Wire wire, FarEnd farEnd, List<String> argv) {
        this.seat = seat;
        this.wire = wire;
        this.farEnd = farEnd;
        this.argv = argv;
    }

    @Override
    public void begin() {
        seat.sits(wire, this);
        farEnd.start(argv, null, (running, failure) -> {
            if (running == null) {
                LOG.warn("The ssh server of {} could not be started: {}", seat.board, String.valueOf(failure));
                seat.endWith(CloseCode.NOT_STARTED, "The ssh server could not be started.");
            } else {
                connect(running);
            }
        });
    }

    private void connect(Running running) {
        running.input(wire.gate.through());
        wire.carries(running.errors()
                .subscribe(this::log, failure -> LOG.debug("No more is heard of {}", seat.board, failure)));
        wire.carries(wire.outlet
                .pour(running.output(), Wire::binary)
                .then(Mono.fromFuture(running::exit, true))
                .subscribe(
                        exit -> seat.endWith(CloseCode.END, ""),
                        failure -> seat.endWith(CloseCode.OTHER, "The tunnel broke.")));
    }

    /** Of one session only so much, and nothing that a terminal would obey. */
    private void log(byte[] bytes) {
        if (logged < LOGGED_BYTES_MAX && LOG.isInfoEnabled()) {
            logged += bytes.length;
            String text = new String(bytes, 0, Math.min(bytes.length, 2048), StandardCharsets.UTF_8);
            LOG.info("ssh server of {}: {}", seat.board, text.strip().replaceAll("\\p{Cntrl}+", " | "));
        }
    }

    @Override
    public void bytes(byte[] bytes) {
        wire.gate.take(bytes);
    }

    @Override
    public void text(String text) {
        wire.end(CloseCode.OTHER, "Only binary messages go through here.");
    }

    @Override
    public void over() {
        farEnd.end();
        seat.leave();
    }
}
