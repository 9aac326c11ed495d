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
    private int open;

    private LoadClient(int port) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Loads 127.0.0.1 for a time and waits for the last answers.
     *
     * @param requests whole requests as bytes, asked from one thread only; null when there are no more
     * @param inFlight number of connections
     */
    static LoadResult run(int port, int inFlight, Duration length, Supplier<byte @Nullable []> requests)
            throws IOException {
        return new LoadClient(port).load(inFlight, length, requests);
    }

    private LoadResult load(int inFlight, Duration length, Supplier<byte @Nullable []> requests) throws IOException {
        long began = System.nanoTime();
        long end = began + length.toNanos();
        ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < inFlight; i++) {
                connect(selector, requests);
            }
            while (open > 0) {
                long now = System.nanoTime();
                if (now > end + LAST_ANSWERS.toNanos()) {
                    statuses.merge(0, (long) open, Long::sum);
                    break;
                }
                selector.select(key -> advance(selector, Lane.of(key), in, end, requests), 100);
            }
            selector.keys().forEach(key -> Lane.of(key).hangUp());
        }
        return new LoadResult(latencies, System.nanoTime() - began, statuses);
    }

    private void advance(Selector selector, Lane lane, ByteBuffer in, long end, Supplier<byte @Nullable []> requests) {
        try {
            if (!lane.advance(in)) {
                return;
            }
            latencies.recordValue(LoadResult.micros(System.nanoTime() - lane.since));
            statuses.merge(lane.status(), 1L, Long::sum);
            byte[] next = System.nanoTime() < end ? requests.get() : null;
            if (next != null) {
                send(lane, next);
            } else {
                open--;
                lane.hangUp();
            }
        } catch (IOException e) {
            statuses.merge(0, 1L, Long::sum);
            open--;
            lane.hangUp();
            reconnect(selector, end, requests);
        }
    }

    private void reconnect(Selector selector, long end, Supplier<byte @Nullable []> requests) {
        if (System.nanoTime() >= end) {
            return;
        }
        try {
            connect(selector, requests);
        } catch (IOException e) {
            // Counted as lost already; this lane is out of the round.
            statuses.merge(0, 1L, Long::sum);
        }
    }

    private void connect(Selector selector, Supplier<byte @Nullable []> requests) throws IOException {
        byte[] first = requests.get();
        if (first == null) {
            return;
        }
        Lane lane = Lane.connect(selector, server);
        open++;
        send(lane, first);
    }

    private static void send(Lane lane, byte[] request) throws IOException {
        lane.since = System.nanoTime();
        lane.send(request);
    }
}
