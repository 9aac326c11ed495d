package dev.muster.apps.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client's end of one session of WAMP v2 in JSON. Blocking, for virtual threads; one word after the other goes
 * out.
 */
final class WampClient implements WebSocket.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WampClient.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CANCELED = "wamp.error.canceled";

    private final AgentPlant plant;
    private final Duration responseMax;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final Map<Long, CallHandler> handlers = new ConcurrentHashMap<>();
    private final Map<Long, BiConsumer<JsonNode, JsonNode>> listeners = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> welcome = new CompletableFuture<>();
    private final CompletableFuture<String> over = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final Object sending = new Object();
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    /** Events are heeded one after the other. */
    private CompletableFuture<?> hearing = CompletableFuture.completedFuture(null);

    private long lastInvocation;
    private volatile @Nullable WebSocket socket;
    private volatile boolean ignores;

    private WampClient(AgentPlant plant, Duration responseMax) {
        this.plant = plant;
        this.responseMax = responseMax;
    }

    /** Opens the socket; nothing is said yet. */
    static WampClient open(AgentPlant plant, String endpoint, Duration responseMax)
            throws AgentFault, InterruptedException {
        WampClient client = new WampClient(plant, responseMax);
        try {
            client.socket = plant.http
                    .newWebSocketBuilder()
                    .connectTimeout(plant.connectMax)
                    .subprotocols("wamp.2.json", "wamp.2.cbor", "wamp.2.msgpack")
                    .buildAsync(URI.create(endpoint), client)
                    .get(plant.connectMax.toMillis() * 2, TimeUnit.MILLISECONDS);
            return client;
        } catch (ExecutionException | TimeoutException e) {
            throw AgentFault.wire("not connected: " + (e.getCause() == null ? e : e.getCause()));
        }
    }

    /** Signs in; answers the number of the session. A refusal is a fault with the reason and the message. */
    long join(String authid, String secret) throws AgentFault, InterruptedException {
        send(List.of(1, "realm1", Hello.details(authid)));
        JsonNode challenge = arrived(greeting, "HELLO");
        if (challenge.path(0).asInt(0) == 4) {
            String asked = challenge.path(2).path("challenge").asString("");
            send(List.of(5, Hello.signature(secret, asked), Map.of()));
            challenge = arrived(welcome, "AUTHENTICATE");
        }
        if (challenge.path(0).asInt(0) != 2) {
            throw new AgentFault(
                    challenge.path(2).asString(""),
                    challenge.path(1).path("message").asString(""));
        }
        JsonNode roles = challenge.path(2).path("roles");
        if (!roles.has("broker") && !roles.has("dealer")) {
            throw AgentFault.wire("no roles in WELCOME");
        }
        return challenge.path(1).asLong(0);
    }

    /** Answers the whole RESULT: a list of arguments that is missing is not the same as an empty one. */
    JsonNode call(String procedure, List<?> args, Map<String, ?> kwargs, @Nullable Duration limit)
            throws AgentFault, InterruptedException {
        return asked(
                request -> {
                    List<Object> words = new ArrayList<>(List.of(48, request, Map.of(), procedure));
                    if (!args.isEmpty() || !kwargs.isEmpty()) {
                        words.add(args);
                    }
                    if (!kwargs.isEmpty()) {
                        words.add(kwargs);
                    }
                    return words;
                },
                limit);
    }

    long register(String procedure, boolean forced, CallHandler handler) throws AgentFault, InterruptedException {
        Map<String, Object> options = forced ? Map.of("force_reregister", true) : Map.of();
        long id = asked(request -> List.of(64, request, options, procedure), responseMax)
                .path(2)
                .asLong(0);
        handlers.put(id, handler);
        return id;
    }

    /** @param listener of the arguments and the keyword arguments of each event */
    long subscribe(String topic, BiConsumer<JsonNode, JsonNode> listener) throws AgentFault, InterruptedException {
        long id = asked(request -> List.of(32, request, Map.of(), topic), responseMax)
                .path(2)
                .asLong(0);
        listeners.put(id, listener);
        return id;
    }

    void unsubscribe(long subscription) throws AgentFault, InterruptedException {
        listeners.remove(subscription);
        asked(request -> List.of(34, request, subscription), responseMax);
    }

    void publish(String topic, List<?> args, boolean acknowledged) throws AgentFault, InterruptedException {
        if (acknowledged) {
            asked(request -> List.of(16, request, Map.of("acknowledge", true), topic, args), responseMax);
        } else {
            send(List.of(16, requests.incrementAndGet(), Map.of(), topic, args));
        }
    }

    private interface Words {
        List<Object> of(long request);
    }

    private JsonNode asked(Words words, @Nullable Duration limit) throws AgentFault, InterruptedException {
        long request = requests.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(request, answer);
        List<Object> asked = words.of(request);
        send(asked);
        if (over.isDone()) {
            answer.completeExceptionally(new IOException("the connection is over"));
        }
        JsonNode came;
        try {
            came = limit == null ? answer.get() : answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (asked.getFirst().equals(48)) {
                send(List.of(49, request, Map.of("mode", "killnowait")));
            }
            throw AgentFault.wire("no answer to " + asked);
        } catch (ExecutionException e) {
            throw AgentFault.wire(String.valueOf(e.getCause()));
        } finally {
            waiting.remove(request);
        }
        if (came.path(0).asInt(0) == 8) {
            throw new AgentFault(came.path(4).asString(""), came.path(5).toString());
        }
        return came;
    }

    private JsonNode arrived(CompletableFuture<JsonNode> word, String after) throws AgentFault, InterruptedException {
        try {
            return word.get(responseMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw AgentFault.wire("no answer to " + after + ": " + e);
        }
    }

    /** Any words at all, also wrong ones. */
    void send(List<?> words) {
        sendText(JSON.writeValueAsString(words));
    }

    void sendText(String words) {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        synchronized (sending) {
            sent = sent.exceptionally(failure -> null).thenCompose(done -> open.sendText(words, true));
        }
    }

    /** False when the last two were not answered. */
    boolean ping() {
        WebSocket open = socket;
        if (open == null || unanswered.incrementAndGet() > 2) {
            return false;
        }
        open.sendPing(ByteBuffer.wrap("keepalive".getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    /** The socket stays open and what comes is not heard any more: the way real agents leave sessions behind. */
    void abandon() {
        ignores = true;
        end("abandoned");
    }

    /** Ends it in order. */
    void goodbye() {
        send(List.of(6, Map.of(), "wamp.close.close_realm"));
    }

    /** The line is cut. */
    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        end("closed");
    }

    /** Completes with the reason when the session is over. */
    CompletableFuture<String> over() {
        return over;
    }

    private void end(String why) {
        over.complete(why);
        IOException failure = new IOException(why);
        greeting.completeExceptionally(failure);
        welcome.completeExceptionally(failure);
        waiting.values().forEach(each -> each.completeExceptionally(failure));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            if (!ignores) {
                heard(whole);
            }
        }
        from.request(1);
        return null;
    }

    private void heard(String whole) {
        JsonNode words;
        try {
            words = JSON.readTree(whole);
        } catch (JacksonException e) {
            close();
            return;
        }
        int type = words.path(0).asInt(0);
        switch (type) {
            case 4 -> greeting.complete(words);
            case 2, 3 -> {
                greeting.complete(words);
                welcome.complete(words);
                if (type == 3) {
                    end("ABORT " + words.path(2).asString(""));
                }
            }
            case 6 -> end("GOODBYE " + words.path(2).asString(""));
            case 8 -> answered(words.path(2).asLong(0), words);
            case 17, 33, 35, 50, 65, 67 -> answered(words.path(1).asLong(0), words);
            case 36 -> {
                BiConsumer<JsonNode, JsonNode> listener =
                        listeners.get(words.path(1).asLong(0));
                if (listener != null) {
                    hearing = hearing.thenRunAsync(() -> told(listener, words), plant::run);
                }
            }
            case 68 -> invoked(words);
            default -> {
                // Interrupts are left to what they would interrupt, which runs on regardless, as with the real one.
            }
        }
    }

    private static void told(BiConsumer<JsonNode, JsonNode> listener, JsonNode words) {
        try {
            listener.accept(words.path(4), words.path(5));
        } catch (RuntimeException e) {
            LOG.debug("An event could not be heeded: {}", words, e);
        }
    }

    private void answered(long request, JsonNode words) {
        CompletableFuture<JsonNode> answer = waiting.remove(request);
        if (answer != null) {
            answer.complete(words);
        }
    }

    private void invoked(JsonNode words) {
        long request = words.path(1).asLong(0);
        CallHandler handler = handlers.get(words.path(2).asLong(0));
        if (request <= lastInvocation || handler == null) {
            // The real one drops it without a word, and the call hangs.
            return;
        }
        lastInvocation = request;
        plant.run(() -> {
            try {
                Yielded answer = handler.answer(words.path(3), words.path(4), words.path(5));
                List<Object> result = new ArrayList<>(List.of(70, request, Map.of()));
                if (!answer.args().isEmpty() || !answer.kwargs().isEmpty()) {
                    result.add(answer.args());
                }
                if (!answer.kwargs().isEmpty()) {
                    result.add(answer.kwargs());
                }
                send(result);
            } catch (AgentFault | RuntimeException e) {
                String why = String.valueOf(e.getMessage());
                send(List.of(8, 68, request, Map.of(), CANCELED, List.of(Map.of("error", why))));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        unanswered.set(0);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        end("closed with " + status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end("broken: " + error);
    }
}
