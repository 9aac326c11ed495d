package dev.muster.lab.console;

import static dev.muster.lab.console.ConsoleHouse.SOON;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;

/** The far end of a TCP line: takes one caller at a time and remembers what it says. */
final class FarEnd implements AutoCloseable {

    private final ServerSocket server;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private Socket caller;

    FarEnd() throws IOException {
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    int port() {
        return server.getLocalPort();
    }

    /** Takes the next caller and listens to it. */
    void accept() throws IOException {
        acceptDeaf();
        Socket current = caller;
        Thread.ofVirtual().start(() -> listenTo(current));
    }

    /** Takes the next caller and reads nothing. */
    void acceptDeaf() throws IOException {
        server.setSoTimeout((int) SOON.toMillis());
        caller = server.accept();
    }

    void say(byte[] bytes) throws IOException {
        caller.getOutputStream().write(bytes);
    }

    void say(String hex) throws IOException {
        say(HexFormat.of().parseHex(hex));
    }

    /** Waits for bytes to come. */
    void hears(String hex) {
        await().atMost(SOON).until(() -> heard().contains(hex));
    }

    String heard() {
        synchronized (heard) {
            return HexFormat.of().formatHex(heard.toByteArray());
        }
    }

    void hangUp() throws IOException {
        caller.close();
    }

    private void listenTo(Socket socket) {
        byte[] bytes = new byte[4096];
        try {
            for (int length; (length = socket.getInputStream().read(bytes)) >= 0; ) {
                synchronized (heard) {
                    heard.write(bytes, 0, length);
                }
            }
        } catch (IOException e) {
            // The caller is gone.
        }
    }

    @Override
    public void close() throws IOException {
        if (caller != null) {
            caller.close();
        }
        server.close();
    }
}
