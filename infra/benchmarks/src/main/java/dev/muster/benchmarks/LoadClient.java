package dev.muster.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The load generator: one thread, a selector, and as many keep-alive connections as requests may be in flight, each
 * with one request at a time (closed loop, no pipelining). Raw on purpose: it shares two cores with the server, so each
 * microsecond of its own is one the server does not have.
 */
final class LoadClient {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final InetSocketAddress server;
    private final Histogram latencies = LoadResult.histogram();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Operation operation;
    private int open;
    private int begun;

    private LoadClient(int port, Operation operation) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.operation = operation;
    }

    /**
     * Loads 127.0.0.1 for a time and waits for the last answers.
     *
     * @param requests whole requests as bytes, asked from one thread only; null when there are no more
     * @param inFlight number of connections
     */
    static LoadResult run(int port, int inFlight, Duration length, Supplier<byte @Nullable []> requests)
            throws IOException {
        return run(port, inFlight, length, new Operation() {
            @Override
            public byte @Nullable [] first(int number) {
                return requests.get();
            }

            @Override
            public byte @Nullable [] next(int number, Lane answer) {
                return null;
            }
        });
    }

    /** The same with operations of several requests: their latencies are those of whole ones, the statuses of all answers. */
    static LoadResult run(int port, int inFlight, Duration length, Operation operation) throws IOException {
        return new LoadClient(port, operation).load(inFlight, length);
    }

    private LoadResult load(int inFlight, Duration length) throws IOException {
        long began = System.nanoTime();
        long end = began + length.toNanos();
        ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < inFlight; i++) {
                connect(selector);
            }
            while (open > 0) {
                long now = System.nanoTime();
                if (now > end + LAST_ANSWERS.toNanos()) {
                    statuses.merge(0, (long) open, Long::sum);
                    break;
                }
                selector.select(key -> advance(selector, Lane.of(key), in, end), 100);
            }
            selector.keys().forEach(key -> Lane.of(key).hangUp());
        }
        return new LoadResult(latencies, System.nanoTime() - began, statuses);
    }

    private void advance(Selector selector, Lane lane, ByteBuffer in, long end) {
        try {
            if (!lane.advance(in)) {
                return;
            }
            statuses.merge(lane.status(), 1L, Long::sum);
            byte[] more = operation.next(lane.number, lane);
            if (more != null) {
                lane.send(more);
                return;
            }
            latencies.recordValue(LoadResult.micros(System.nanoTime() - lane.since));
            byte[] first = System.nanoTime() < end ? operation.first(begun) : null;
            if (first != null) {
                begin(lane, first);
            } else {
                open--;
                lane.hangUp();
            }
        } catch (IOException e) {
            statuses.merge(0, 1L, Long::sum);
            open--;
            lane.hangUp();
            reconnect(selector, end);
        }
    }

    private void reconnect(Selector selector, long end) {
        if (System.nanoTime() >= end) {
            return;
        }
        try {
            connect(selector);
        } catch (IOException e) {
            // Counted as lost already; this lane is out of the round.
            statuses.merge(0, 1L, Long::sum);
        }
    }

    private void connect(Selector selector) throws IOException {
        byte[] first = operation.first(begun);
        if (first == null) {
            return;
        }
        Lane lane = Lane.connect(selector, server);
        open++;
        begin(lane, first);
    }

    private void begin(Lane lane, byte[] request) throws IOException {
        lane.number = begun++;
        lane.since = System.nanoTime();
        lane.send(request);
    }
}
