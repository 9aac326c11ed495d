package dev.muster.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
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

    private static final int ANSWER_MAX = 16 << 20;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

    private final InetSocketAddress server;
    private final Histogram latencies = LoadResult.histogram();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private int open;

    private LoadClient(int port) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** One connection and the answer it is reading. */
    private static final class Lane {
        ByteBuffer request = ByteBuffer.allocate(0);
        byte[] answer = new byte[16 << 10];
        int size;
        long began;
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
                connect(selector, new Lane(), requests);
            }
            while (open > 0) {
                long now = System.nanoTime();
                if (now > end + LAST_ANSWERS.toNanos()) {
                    statuses.merge(0, (long) open, Long::sum);
                    break;
                }
                selector.select(key -> advance(selector, key, in, end, requests), 100);
            }
            selector.keys().forEach(LoadClient::hangUp);
        }
        return new LoadResult(latencies, System.nanoTime() - began, statuses);
    }

    private void advance(
            Selector selector, SelectionKey key, ByteBuffer in, long end, Supplier<byte @Nullable []> requests) {
        SocketChannel channel = (SocketChannel) key.channel();
        Lane lane = (Lane) key.attachment();
        try {
            if (key.isWritable()) {
                write(key, channel, lane);
                return;
            }
            in.clear();
            if (channel.read(in) < 0) {
                throw new IOException("the server closed the connection");
            }
            in.flip();
            take(lane, in);
            if (HttpAnswer.end(lane.answer, lane.size) < 0) {
                return;
            }
            latencies.recordValue(Math.max(1, (System.nanoTime() - lane.began) / 1000));
            statuses.merge(HttpAnswer.status(lane.answer), 1L, Long::sum);
            byte[] next = System.nanoTime() < end ? requests.get() : null;
            if (next != null) {
                send(key, channel, lane, next);
            } else {
                open--;
                hangUp(key);
            }
        } catch (IOException e) {
            statuses.merge(0, 1L, Long::sum);
            open--;
            hangUp(key);
            reconnect(selector, lane, end, requests);
        }
    }

    private void reconnect(Selector selector, Lane lane, long end, Supplier<byte @Nullable []> requests) {
        if (System.nanoTime() >= end) {
            return;
        }
        try {
            connect(selector, lane, requests);
        } catch (IOException e) {
            // Counted as lost already; this lane is out of the round.
            statuses.merge(0, 1L, Long::sum);
        }
    }

    private void connect(Selector selector, Lane lane, Supplier<byte @Nullable []> requests) throws IOException {
        byte[] first = requests.get();
        if (first == null) {
            return;
        }
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ, lane);
        open++;
        send(key, channel, lane, first);
    }

    private static void send(SelectionKey key, SocketChannel channel, Lane lane, byte[] request) throws IOException {
        lane.size = 0;
        lane.request = ByteBuffer.wrap(request);
        lane.began = System.nanoTime();
        write(key, channel, lane);
    }

    private static void write(SelectionKey key, SocketChannel channel, Lane lane) throws IOException {
        channel.write(lane.request);
        int wanted = lane.request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    private static void take(Lane lane, ByteBuffer in) throws IOException {
        int n = in.remaining();
        if (lane.size + n > lane.answer.length) {
            if (lane.size + n > ANSWER_MAX) {
                throw new IOException("an answer is larger than " + ANSWER_MAX + " bytes");
            }
            lane.answer = Arrays.copyOf(lane.answer, Math.max(lane.answer.length * 2, lane.size + n));
        }
        in.get(lane.answer, lane.size, n);
        lane.size += n;
    }

    private static void hangUp(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
