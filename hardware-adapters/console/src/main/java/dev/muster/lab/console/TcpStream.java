package dev.muster.lab.console;

import dev.muster.lab.LabRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection that one thread reads and another one writes. The reader can answer in between (telnet must) without
 * ever waiting for a far end that takes nothing: what does not fit is kept and goes out before the next bytes.
 */
final class TcpStream {

    private static final Logger LOG = LoggerFactory.getLogger(TcpStream.class);
    private static final int ANSWERS_BYTES_MAX = 64 << 10;
    /** A far end that vanished is noticed after a minute or so. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final SocketChannel channel;
    private final Selector readable;
    private final Selector writable;
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    private TcpStream(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.readable = Selector.open();
        this.writable = Selector.open();
        channel.configureBlocking(false);
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    /** Blocks until the far end accepts; fails with {@link LabRefusal#CONSOLE_FAULT}. */
    static TcpStream connect(String host, int port, ConsoleSettings settings) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            keepAlive(channel);
            channel.socket().connect(new InetSocketAddress(host, port), (int)
                    settings.connectTimeout().toMillis());
            return new TcpStream(channel);
        } catch (IOException | UnresolvedAddressException e) {
            closeQuietly(channel);
            throw LabRefusal.CONSOLE_FAULT.because("The serial line at " + host + ":" + port + " does not answer.");
        }
    }

    private static void keepAlive(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
        }
    }

    /** As {@link Wire#read}. */
    int read(byte[] into) throws IOException {
        sendAnswers();
        readable.selectedKeys().clear();
        if (readable.select(Wire.READ_WAIT_MILLIS) == 0) {
            return 0;
        }
        return channel.read(ByteBuffer.wrap(into));
    }

    /** Returns when the connection took all of it, or fails when it is closed meanwhile. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            push(takeAnswers());
            push(ByteBuffer.wrap(bytes, offset, length));
        } finally {
            writing.unlock();
        }
    }

    /** Sends as soon as the connection takes it; never waits. Fails when too much is waiting already. */
    void answer(byte[] bytes) throws IOException {
        synchronized (answers) {
            if (answers.size() + bytes.length > ANSWERS_BYTES_MAX) {
                throw new IOException("the far end takes no answers");
            }
            answers.writeBytes(bytes);
        }
        sendAnswers();
    }

    void close() {
        closeQuietly(channel);
        closeQuietly(readable);
        closeQuietly(writable);
    }

    private void push(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                writable.selectedKeys().clear();
                writable.select(Wire.READ_WAIT_MILLIS);
            }
        }
    }

    private void sendAnswers() throws IOException {
        if (!writing.tryLock()) {
            return;
        }
        try {
            ByteBuffer bytes = takeAnswers();
            while (bytes.hasRemaining() && channel.write(bytes) > 0) {}
            if (bytes.hasRemaining()) {
                keep(bytes);
            }
        } finally {
            writing.unlock();
        }
    }

    private ByteBuffer takeAnswers() {
        synchronized (answers) {
            ByteBuffer bytes = ByteBuffer.wrap(answers.toByteArray());
            answers.reset();
            return bytes;
        }
    }

    private void keep(ByteBuffer rest) {
        synchronized (answers) {
            byte[] later = answers.toByteArray();
            answers.reset();
            answers.write(rest.array(), rest.position(), rest.remaining());
            answers.writeBytes(later);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable thing) {
        try {
            if (thing != null) {
                thing.close();
            }
        } catch (Exception e) {
            LOG.debug("closing failed: {}", e.getMessage());
        }
    }
}
