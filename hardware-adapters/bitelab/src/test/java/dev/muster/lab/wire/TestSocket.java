package dev.muster.lab.wire;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** A client's end of a WebSocket. It reads as it comes, or only when it is told to. */
final class TestSocket implements WebSocket.Listener {

    final List<String> texts = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<byte[]> messages = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    volatile String reason;
    volatile boolean reads = true;
    WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private ByteArrayOutputStream message = new ByteArrayOutputStream();

    /** Thrown with the status when it was refused. */
    static TestSocket open(HttpClient http, URI uri, String token, String... protocols) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (protocols.length > 0) {
            builder.subprotocols(protocols[0], java.util.Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        return open(builder, uri);
    }

    /** As a browser does it. */
    static TestSocket page(HttpClient http, URI uri, String origin) {
        return open(
                http.newWebSocketBuilder()
                        .connectTimeout(Duration.ofSeconds(10))
                        .header("Origin", origin),
                uri);
    }

    private static TestSocket open(WebSocket.Builder builder, URI uri) {
        TestSocket it = new TestSocket();
        try {
            it.socket = builder.buildAsync(uri, it).get(10, TimeUnit.SECONDS);
            return it;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new Refused(refused.getResponse().statusCode());
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static final class Refused extends RuntimeException {
        final int status;

        Refused(int status) {
            super("refused with " + status);
            this.status = status;
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        more(webSocket);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] some = new byte[data.remaining()];
        data.get(some);
        synchronized (bytes) {
            bytes.writeBytes(some);
        }
        message.writeBytes(some);
        if (last) {
            messages.add(message.toByteArray());
            message = new ByteArrayOutputStream();
        }
        more(webSocket);
        return null;
    }

    private void more(WebSocket webSocket) {
        if (reads) {
            webSocket.request(1);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String why) {
        reason = why;
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    void say(String json) {
        socket.sendText(json, true).orTimeout(5, TimeUnit.SECONDS).join();
    }

    void send(byte[] some) {
        socket.sendBinary(ByteBuffer.wrap(some), true)
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    void send(int mark, String some) {
        byte[] tail = some.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[tail.length + 1];
        all[0] = (byte) mark;
        System.arraycopy(tail, 0, all, 1, tail.length);
        send(all);
    }

    String heard() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /** All that came in one of the marked streams. */
    String stream(int mark) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.stream().filter(each -> each[0] == mark).forEach(each -> all.write(each, 1, each.length - 1));
        return all.toString(StandardCharsets.UTF_8);
    }

    JsonNode json(int index) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> texts.size() > index);
        return Members.JSON.readTree(texts.get(index));
    }

    int closeCode() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
