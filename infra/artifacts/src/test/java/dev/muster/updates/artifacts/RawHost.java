package dev.muster.updates.artifacts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A host that answers exactly what it is told to, also what no server would. */
final class RawHost implements AutoCloseable {

    /** Writes an answer; when it returns, the connection is closed. */
    interface Answer {
        void write(OutputStream out) throws Exception;
    }

    /** Heads of requests, as they came. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Opens when an answer could not be written to its end. */
    final CountDownLatch brokenOff = new CountDownLatch(1);

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final Answer answer;

    RawHost(Answer answer) throws IOException {
        this("127.0.0.1", 0, answer);
    }

    RawHost(String address, int port, Answer answer) throws IOException {
        this.answer = answer;
        this.server = new ServerSocket(port, 50, InetAddress.ofLiteral(address));
        Thread.ofVirtual().start(this::accept);
    }

    /** Always the same words, as they go over the wire. */
    static RawHost saying(String answer) throws IOException {
        return new RawHost(out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static RawHost giving(byte[] content) throws IOException {
        return new RawHost(out -> give(out, content));
    }

    static void give(OutputStream out, byte[] content) throws IOException {
        out.write(head("200 OK", "Content-Length: " + content.length));
        out.write(content);
    }

    static byte[] head(String status, String... headers) {
        return ("HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    int port() {
        return server.getLocalPort();
    }

    String url(String target) {
        return "http://127.0.0.1:" + port() + target;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            requests.add(readHead(connection.getInputStream()));
            answer.write(connection.getOutputStream());
            connection.shutdownOutput();
            // What the other side still says is read: a reset would overtake the answer.
            connection.setSoTimeout(1000);
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (Exception e) {
            brokenOff.countDown();
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole request");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    boolean wasLeft() throws InterruptedException {
        return brokenOff.await(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
