package dev.muster.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Load at a steady rate (open loop): an operation is due every so often, whether or not earlier ones have ended, and
 * its time counts from when it was due. So a server that stalls does not slow the questions, and its stall is seen. At
 * most so many are under way at once, each on a connection of its own; what is due meanwhile waits, and that counts.
 */
final class SteadyRate {

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

    private final Operation operation;
    private final Histogram latencies = LoadResult.histogram();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Queue<Lane> free = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
    private final InetSocketAddress server;
    private int ended;

    private SteadyRate(int port, Operation operation) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.operation = operation;
    }

    /**
     * Loads 127.0.0.1 until all operations that are due in this time have ended, and a minute longer at most. The
     * latencies are those of whole operations, the statuses those of all answers.
     *
     * @param perSecond how many operations are due in a second
     * @param inFlight most operations at once; so many connections are opened
     */
    static LoadResult run(int port, int perSecond, int inFlight, Duration length, Operation operation)
            throws IOException {
        return new SteadyRate(port, operation).load(perSecond, inFlight, length);
    }

    private LoadResult load(int perSecond, int inFlight, Duration length) throws IOException {
        int count = Math.toIntExact(length.toMillis() * perSecond / 1000);
        long interval = 1_000_000_000L / perSecond;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < inFlight; i++) {
                free.add(Lane.connect(selector, server));
            }
            long began = System.nanoTime();
            long giveUp = began + length.plus(LAST_ANSWERS).toNanos();
            int begun = 0;
            while (ended < count && System.nanoTime() < giveUp) {
                long due = began + begun * interval;
                while (begun < count && !free.isEmpty() && due <= System.nanoTime()) {
                    begin(selector, free.remove(), begun++, due);
                    due = began + begun * interval;
                }
                boolean waits = begun < count && !free.isEmpty();
                selector.select(waits ? Math.max(1, (due - System.nanoTime()) / 1_000_000) : 100);
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                    advance(selector, Lane.of(keys.next()));
                }
            }
            long took = System.nanoTime() - began;
            selector.keys().forEach(key -> Lane.of(key).hangUp());
            if (ended < count) {
                statuses.merge(0, (long) count - ended, Long::sum);
            }
            return new LoadResult(latencies, took, statuses);
        }
    }

    private void begin(Selector selector, Lane lane, int number, long due) throws IOException {
        lane.number = number;
        lane.since = due;
        try {
            lane.send(Objects.requireNonNull(operation.first(number), "there is always more"));
        } catch (IOException e) {
            lost(selector, lane);
        }
    }

    private void advance(Selector selector, Lane lane) throws IOException {
        try {
            if (!lane.advance(in)) {
                return;
            }
            statuses.merge(lane.status(), 1L, Long::sum);
            byte[] next = operation.next(lane.number, lane);
            if (next != null) {
                lane.send(next);
                return;
            }
            latencies.recordValue(LoadResult.micros(System.nanoTime() - lane.since));
            ended++;
            free.add(lane);
        } catch (IOException e) {
            lost(selector, lane);
        }
    }

    /** Its operation is over; another connection takes its place. A server that takes none is gone, which ends the round. */
    private void lost(Selector selector, Lane lane) throws IOException {
        statuses.merge(0, 1L, Long::sum);
        ended++;
        lane.hangUp();
        free.add(Lane.connect(selector, server));
    }
}
