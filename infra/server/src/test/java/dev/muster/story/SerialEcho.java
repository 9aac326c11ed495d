package dev.muster.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The far end of serial lines over TCP, which says again what it hears. */
final class SerialEcho implements AutoCloseable {

    private final ServerSocket door;
    private final Set<Socket> lines = ConcurrentHashMap.newKeySet();

    SerialEcho() throws IOException {
        door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("serial-echo").start(this::answer);
    }

    /** As a serial console's {@code val} has it. */
    String address() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    private void answer() {
        while (!door.isClosed()) {
            try {
                Socket line = door.accept();
                lines.add(line);
                Thread.ofVirtual().name("serial-echo-line").start(() -> echo(line));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void echo(Socket line) {
        try (line) {
            line.getInputStream().transferTo(line.getOutputStream());
        } catch (IOException e) {
            // Whoever was there is gone.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket line : lines) {
            line.close();
        }
    }
}
