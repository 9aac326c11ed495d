package dev.muster.apps;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Somebody at a shell. */
final class ShellSocket implements WebSocket.Listener, AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private volatile @Nullable WebSocket socket;
    private volatile String reason = "";

    private ShellSocket() {}

    /** Opens it; fails with the status where that is refused in plain HTTP. */
    static ShellSocket open(HttpClient http, URI uri, String authorization, String... headers) {
        ShellSocket it = new ShellSocket();
        WebSocket.Builder builder =
                http.newWebSocketBuilder().connectTimeout(WAIT).header("Authorization", authorization);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        try {
            it.socket = builder.buildAsync(uri, it).get(WAIT.toSeconds(), TimeUnit.SECONDS);
            return it;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new IllegalStateException(
                        "refused with " + refused.getResponse().statusCode());
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    ShellSocket types(String text) {
        it().sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true)
                .join();
        return this;
    }

    ShellSocket sizes(int rows, int columns) {
        it().sendText("{\"rows\":" + rows + ",\"columns\":" + columns + "}", true)
                .join();
        return this;
    }

    private WebSocket it() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("it is not open");
        }
        return open;
    }

    ShellSocket shows(String text) {
        Awaitility.await().atMost(WAIT).until(this::text, all -> all.contains(text));
        return this;
    }

    String text() {
        synchronized (shown) {
            return shown.toString(StandardCharsets.UTF_8);
        }
    }

    /** Once it is closed. */
    String closeReason() {
        return reason;
    }

    int closeCode() throws Exception {
        return closed.get(WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        synchronized (shown) {
            shown.writeBytes(bytes);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        this.reason = reason;
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        it().abort();
    }
}
