package dev.muster.lab.wire;

import dev.muster.kernel.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.websocket.WebsocketInbound;
import tools.jackson.databind.JsonNode;

/** An open WebSocket: its two directions, its heartbeat, and its end, which comes once. */
final class Wire {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int SILENT_PINGS_MAX = 2;

    private record End(CloseCode code, String reason) {}

    final Channel channel;
    final Gate gate;
    final Outlet outlet;
    private final Sinks.One<End> end = Sinks.one();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicBoolean isLeft = new AtomicBoolean();
    private final Disposable.Composite flows = Disposables.composite();
    /** Of the event loop alone. */
    private int silentPings;

    Wire(Channel channel) {
        this.channel = channel;
        this.gate = new Gate(channel);
        this.outlet = new Outlet(channel);
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    boolean isOver() {
        return isOver.get();
    }

    /** Ends it; only the first reason counts. From any thread. */
    void end(CloseCode code, String reason) {
        if (isOver.compareAndSet(false, true)) {
            end.tryEmitValue(new End(code, reason));
        }
    }

    /** A flow that ends with this. */
    void carries(Disposable flow) {
        flows.add(flow);
    }

    /** Runs a talk to its end; completes when the connection may go. */
    Mono<Void> run(Talk talk, WebsocketInbound in, Duration pingInterval) {
        return Mono.defer(() -> {
            long pause = pingInterval.toMillis();
            var heartbeat = loop().scheduleAtFixedRate(this::ping, pause, pause, TimeUnit.MILLISECONDS);
            flows.add(() -> heartbeat.cancel(false));
            in.receiveObject().subscribe(new Hearing(talk));
            begin(talk);
            return end.asMono()
                    .publishOn(Schedulers.fromExecutor(loop()))
                    .flatMap(why -> {
                        over(talk);
                        // Nothing may come after the farewell.
                        flows.dispose();
                        return Farewell.say(channel, why.code, shortened(why.reason))
                                .onErrorComplete();
                    })
                    .doFinally(signal -> {
                        isOver.set(true);
                        over(talk);
                        flows.dispose();
                    });
        });
    }

    private void over(Talk talk) {
        if (isLeft.compareAndSet(false, true)) {
            gate.end();
            talk.over();
        }
    }

    /**
     * Hears all that comes until the connection ends. It is no flow of this talk, and no ready-made subscriber, for a
     * connection may say twice that it has ended, and each of those would write it into the log.
     */
    private final class Hearing implements CoreSubscriber<Object> {

        private final Talk talk;

        Hearing(Talk talk) {
            this.talk = talk;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object message) {
            if (message instanceof WebSocketFrame frame) {
                heard(talk, frame);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end(CloseCode.OTHER, "The connection failed.");
        }

        @Override
        public void onComplete() {
            end(CloseCode.END, "");
        }
    }

    private void begin(Talk talk) {
        try {
            talk.begin();
        } catch (RuntimeException e) {
            WireFailure why = WireFailure.of(e);
            LOG.warn("A channel could not begin: {}", why.text(), Refused.in(e).isPresent() ? null : e);
            end(CloseCode.NOT_STARTED, why.text());
        }
    }

    private void heard(Talk talk, WebSocketFrame frame) {
        silentPings = 0;
        if (isOver()) {
            return;
        }
        try {
            switch (frame) {
                case TextWebSocketFrame text -> talk.text(text.text());
                case BinaryWebSocketFrame binary -> talk.bytes(ByteBufUtil.getBytes(binary.content()));
                case ContinuationWebSocketFrame more -> talk.bytes(ByteBufUtil.getBytes(more.content()));
                default -> {
                    // Answers to pings have said all they had to say.
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("A message on a channel could not be worked on", e);
            end(CloseCode.OTHER, "The server failed.");
        }
    }

    private void ping() {
        // Behind a shut gate nothing can be heard; whoever is gone is noticed by what is written.
        if (!gate.isShut() && silentPings++ >= SILENT_PINGS_MAX) {
            end(CloseCode.OTHER, "Nobody answers.");
            return;
        }
        var _ = channel.writeAndFlush(new PingWebSocketFrame());
    }

    /** Says something in JSON. Whoever does not listen is sent away. */
    void say(JsonNode json) {
        if (isOver()) {
            return;
        }
        byte[] bytes = Members.JSON.writeValueAsBytes(json);
        if (!outlet.say(new TextWebSocketFrame(Unpooled.wrappedBuffer(bytes)), bytes.length)) {
            end(CloseCode.OTHER, "What is said is not read.");
        }
    }

    /** Says what was wrong; the connection stays. */
    void complain(WireFailure failure) {
        say(Members.JSON.createObjectNode().put("error", failure.text()).put("code", failure.code()));
    }

    static Object binary(byte[] bytes) {
        return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes));
    }

    /** With a byte before it that says which stream it is. */
    static Object binary(int stream, byte[] bytes) {
        ByteBuf marked = Unpooled.wrappedBuffer(new byte[] {(byte) stream}, bytes);
        return new BinaryWebSocketFrame(marked);
    }

    /** A reason has at most 123 bytes (RFC 6455 §5.5). */
    private static String shortened(String reason) {
        String text = reason;
        while (text.getBytes(StandardCharsets.UTF_8).length > 123) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }
}
