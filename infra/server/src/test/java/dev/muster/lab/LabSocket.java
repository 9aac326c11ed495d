package dev.muster.lab;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's end of a WebSocket of the lab. It reads as it comes, unless it is told not to. */
final class LabSocket implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration WAIT = Duration.ofSeconds(10);

    /** Texts as they came. */
    final List<String> texts = new CopyOnWriteArrayList<>();
    /** Binary messages as they came, whole. */
    final List<byte[]> messages = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private volatile boolean reads = true;
    private volatile String reason = "";
    private volatile @Nullable WebSocket socket;

    /** Thrown when the server answered in plain HTTP. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        final int status;
        final String body;

        Refused(int status, String body) {
            super("refused with " + status + " " + body);
            this.status = status;
            this.body = body;
        }
    }

    private LabSocket() {}

    static LabSocket open(HttpClient http, URI uri, @Nullable String token, String... protocols) {
        LabSocket it = new LabSocket();
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(WAIT);
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        if (protocols.length > 0) {
            builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        try {
            it.socket = builder.buildAsync(uri, it).get(WAIT.toSeconds(), TimeUnit.SECONDS);
            return it;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                HttpResponse<?> response = refused.getResponse();
                throw new Refused(response.statusCode(), String.valueOf(response.body()));
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        more(from);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] some = new byte[data.remaining()];
        data.get(some);
        message.writeBytes(some);
        if (last) {
            messages.add(message.toByteArray());
            message.reset();
        }
        more(from);
        return null;
    }

    private void more(WebSocket from) {
        if (reads) {
            from.request(1);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String why) {
        reason = why;
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("it is not open");
        }
        return open;
    }

    /** From now on nothing more is read, or all that comes. */
    void reads(boolean wanted) {
        reads = wanted;
        if (wanted) {
            socket().request(1);
        }
    }

    void say(String json) {
        socket().sendText(json, true).orTimeout(10, TimeUnit.SECONDS).join();
    }

    void send(byte[] some) {
        socket().sendBinary(ByteBuffer.wrap(some), true)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    void send(String some) {
        send(some.getBytes(StandardCharsets.UTF_8));
    }

    /** With a byte before it that says which stream it is. */
    void send(int mark, byte[] some) {
        byte[] all = new byte[some.length + 1];
        all[0] = (byte) mark;
        System.arraycopy(some, 0, all, 1, some.length);
        send(all);
    }

    /** All that came in binary messages. */
    String heard() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    /** All that came in one of the marked streams. */
    byte[] stream(int mark) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.stream()
                .filter(each -> each.length > 0 && each[0] == mark)
                .forEach(each -> all.write(each, 1, each.length - 1));
        return all.toByteArray();
    }

    /** The text of that number, from 0, as soon as it came. */
    JsonNode json(int index) {
        Awaitility.await().atMost(WAIT).until(() -> texts.size() > index);
        return JSON.readTree(texts.get(index));
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    /** As soon as the server closed it, within the time. */
    int closeCode(Duration within) {
        return closed.copy().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    int closeCode() {
        return closeCode(WAIT);
    }

    /** What the server said when it closed it. */
    String reason() {
        return reason;
    }

    @Override
    public void close() {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(e -> null)
                .join();
        socket().abort();
    }
}
