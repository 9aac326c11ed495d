package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A small WAMP client over a real WebSocket, in any of the three forms. */
final class TestSocket implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    final Codec codec;
    WebSocket socket;
    /** Whether it takes what comes. */
    volatile boolean reads = true;

    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private long requests;

    private TestSocket(Codec codec) {
        this.codec = codec;
    }

    static TestSocket open(URI uri, Codec codec) throws Exception {
        TestSocket it = new TestSocket(codec);
        it.socket = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .subprotocols(codec.protocol)
                .buildAsync(uri, it)
                .get(10, TimeUnit.SECONDS);
        return it;
    }

    /** In, by HELLO and a signature. */
    static TestSocket join(URI uri, Codec codec, String authid, String secret) throws Exception {
        TestSocket it = open(uri, codec);
        it.says("[1,\"realm1\",{\"authid\":\"" + authid + "\",\"authmethods\":[\"wampcra\"],\"roles\":"
                + TestRouter.AGENT_ROLES + "}]");
        Message.Challenge challenge = it.next(Message.Challenge.class);
        it.says(new Message.Authenticate(
                Wampcra.signature(secret, String.valueOf(challenge.extra().get("challenge"))), java.util.Map.of()));
        it.next(Message.Welcome.class);
        return it;
    }

    void says(String json) {
        says(WireForm.read(Codec.JSON.read(json.getBytes(StandardCharsets.UTF_8))));
    }

    void says(Message message) {
        byte[] bytes = codec.write(WireForm.of(message));
        if (codec.isText) {
            sendText(new String(bytes, StandardCharsets.UTF_8));
        } else {
            sendBytes(bytes);
        }
    }

    void sendText(String words) {
        socket.sendText(words, true).orTimeout(10, TimeUnit.SECONDS).join();
    }

    void sendBytes(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    <M extends Message> M next(Class<M> kind) throws InterruptedException {
        Message message = messages.poll(10, TimeUnit.SECONDS);
        assertThat(message).isInstanceOf(kind);
        return kind.cast(message);
    }

    long subscribe(String topic) throws InterruptedException {
        says("[32," + ++requests + ",{},\"" + topic + "\"]");
        return next(Message.Subscribed.class).subscription();
    }

    long register(String procedure) throws InterruptedException {
        says("[64," + ++requests + ",{},\"" + procedure + "\"]");
        return next(Message.Registered.class).registration();
    }

    int closeCode() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            took(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        }
        return more(from);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] some = new byte[data.remaining()];
        data.get(some);
        binary.writeBytes(some);
        if (last) {
            took(binary.toByteArray());
            binary.reset();
        }
        return more(from);
    }

    private void took(byte[] bytes) {
        List<Object> list = codec.read(bytes);
        messages.add(WireForm.read(list));
    }

    private CompletionStage<?> more(WebSocket from) {
        if (reads) {
            from.request(1);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        pongs.add(StandardCharsets.UTF_8.decode(message).toString());
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
