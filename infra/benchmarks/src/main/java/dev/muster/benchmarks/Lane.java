package dev.muster.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with one request at a time: what still goes out of it, and the answer that comes in. */
final class Lane {

    private static final int ANSWER_MAX = 16 << 20;

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer request = ByteBuffer.allocate(0);
    private byte[] answer = new byte[16 << 10];
    private int size;

    /** Which operation it is busy with, where they are counted. */
    int number;
    /** {@link System#nanoTime()} from which on its time counts. */
    long since;

    private Lane(Selector selector, SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Connects; its key carries it as attachment. */
    static Lane connect(Selector selector, InetSocketAddress server) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        try {
            return new Lane(selector, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static Lane of(SelectionKey key) {
        return (Lane) key.attachment();
    }

    void send(byte[] whole) throws IOException {
        size = 0;
        request = ByteBuffer.wrap(whole);
        write();
    }

    /**
     * Goes on with what the selector found; true when the answer is whole.
     *
     * @param in lent for the time of this call
     */
    boolean advance(ByteBuffer in) throws IOException {
        if (request.hasRemaining()) {
            write();
            return false;
        }
        in.clear();
        if (channel.read(in) < 0) {
            throw new IOException("the server closed the connection");
        }
        in.flip();
        take(in);
        return HttpAnswer.end(answer, size) >= 0;
    }

    /** Of the answer that is whole. */
    int status() {
        return HttpAnswer.status(answer);
    }

    /** A header's value in the answer that is whole, or null; the name is given in lower case. */
    @Nullable
    String header(String name) {
        return HttpAnswer.header(answer, size, name);
    }

    /** The answer that is whole, head and body, a letter for each byte. */
    String text() {
        return new String(answer, 0, size, StandardCharsets.ISO_8859_1);
    }

    void hangUp() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private void write() throws IOException {
        channel.write(request);
        int wanted = request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    private void take(ByteBuffer in) throws IOException {
        int n = in.remaining();
        if (size + n > answer.length) {
            if (size + n > ANSWER_MAX) {
                throw new IOException("an answer is larger than " + ANSWER_MAX + " bytes");
            }
            answer = Arrays.copyOf(answer, Math.max(answer.length * 2, size + n));
        }
        in.get(answer, size, n);
        size += n;
    }
}
