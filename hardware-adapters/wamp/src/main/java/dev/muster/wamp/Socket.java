package dev.muster.wamp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.websocket.WebsocketInbound;

/**
 * An open WebSocket. What comes is read on its event loop and left at the router; only so much is asked for as the
 * router has not yet worked on, so that whoever floods waits and nobody else does. What goes is bounded in bytes.
 */
final class Socket implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
    private static final int SILENT_TICKS_MAX = 2;
    /** What comes before somebody is in: a HELLO and a signature, and all of it is kept until it is read. */
    private static final int GREETING_BYTES_MAX = 64 * 1024;
    /** Bytes of messages that wait for the router; more are not read, as well as more than so many messages. */
    private static final long UNHEARD_BYTES_MAX = Codec.BYTES_MAX;

    private final Router router;
    private final WampSettings settings;
    private final Codec codec;
    private final Channel channel;
    private final Sinks.Empty<Void> end = Sinks.empty();
    /** Whether it ends from this side: nothing goes any longer. */
    private final AtomicBoolean isEnding = new AtomicBoolean();
    /** Bytes that were written and are not yet gone. */
    private final AtomicLong underWay = new AtomicLong();
    /** Messages that the router has not worked on. */
    private final AtomicInteger unheard = new AtomicInteger();

    private final AtomicLong unheardBytes = new AtomicLong();
    /** Whether somebody proved who they are. */
    private volatile boolean isIn;
    /** On the router's thread alone; null before it begins. */
    private @Nullable Conversation conversation;
    /** On the event loop alone. */
    private int silentTicks;

    Socket(Router router, WampSettings settings, Codec codec, Channel channel) {
        this.router = router;
        this.settings = settings;
        this.codec = codec;
        this.channel = channel;
    }

    /** Completes when the connection may go. */
    Mono<Void> run(WebsocketInbound in) {
        return Mono.defer(() -> {
            channel.pipeline().addFirst("noticed", new Noticing());
            long pause = settings.pingInterval().toMillis();
            var heartbeat = channel.eventLoop().scheduleAtFixedRate(this::tick, pause, pause, TimeUnit.MILLISECONDS);
            router.loop().execute(() -> conversation = router.connected(this));
            in.receiveObject().subscribe(new Hearing());
            return end.asMono()
                    .publishOn(Schedulers.fromExecutor(channel.eventLoop()))
                    .then(Mono.defer(() -> Farewell.say(channel)))
                    .onErrorComplete()
                    .doFinally(signal -> {
                        heartbeat.cancel(false);
                        isEnding.set(true);
                        router.loop().execute(this::left);
                    });
        });
    }

    private void left() {
        Conversation known = conversation;
        if (known != null) {
            conversation = null;
            router.left(known);
        }
    }

    @Override
    public boolean offer(Outgoing message) {
        if (isEnding.get()) {
            // Nobody is there to miss it; that they are gone is told in a moment.
            return true;
        }
        long most = message.isDroppable() ? settings.eventBytesMax() : settings.outboxBytesMax();
        if (underWay.get() > most) {
            return false;
        }
        if (message.message instanceof Message.Welcome) {
            isIn = true;
        }
        byte[] bytes = message.bytes(codec);
        if (underWay.addAndGet(bytes.length) > most) {
            underWay.addAndGet(-bytes.length);
            return false;
        }
        ByteBuf content = Unpooled.wrappedBuffer(bytes);
        WebSocketFrame frame = codec.isText ? new TextWebSocketFrame(content) : new BinaryWebSocketFrame(content);
        channel.writeAndFlush(frame).addListener(done -> underWay.addAndGet(-bytes.length));
        return true;
    }

    @Override
    public void end() {
        if (isEnding.compareAndSet(false, true)) {
            var unused = end.tryEmitEmpty();
        }
    }

    /** Whatever comes shows that somebody is there, if only a piece of a long message on a slow line. */
    private final class Noticing extends ChannelInboundHandlerAdapter {

        private long early;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            silentTicks = 0;
            if (!isIn && message instanceof ByteBuf bytes) {
                early += bytes.readableBytes();
                if (early > GREETING_BYTES_MAX) {
                    bytes.release();
                    // Without a word: whoever is nobody and says that much is not one to talk to.
                    var unused = context.channel().close();
                    return;
                }
            }
            context.fireChannelRead(message);
        }
    }

    /**
     * Hears all that comes until the connection ends. No ready-made subscriber, for a connection may say twice that it
     * has ended, and each of those would write it into the log.
     */
    private final class Hearing implements CoreSubscriber<Object> {

        private @Nullable Subscription source;
        /** Whether one more was asked for that has not come. */
        private final AtomicBoolean isAsked = new AtomicBoolean();

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            more();
        }

        @Override
        public void onNext(Object message) {
            isAsked.set(false);
            switch (message) {
                case TextWebSocketFrame text when codec.isText -> take(text.content());
                case BinaryWebSocketFrame binary when !codec.isText -> take(binary.content());
                case PingWebSocketFrame ping -> {
                    // Whoever asks faster than they take answers is not answered each time.
                    if (channel.isWritable()) {
                        var unused =
                                channel.writeAndFlush(new PongWebSocketFrame(Unpooled.copiedBuffer(ping.content())));
                    }
                    more();
                }
                case TextWebSocketFrame text -> violated("This sub-protocol has binary frames.");
                case BinaryWebSocketFrame binary -> violated("This sub-protocol has text frames.");
                default -> more();
            }
        }

        private void take(ByteBuf content) {
            int length = content.readableBytes();
            Message message;
            try {
                message = WireForm.read(codec.read(ByteBufUtil.getBytes(content)));
            } catch (ProtocolViolation e) {
                violated(e.text());
                return;
            }
            unheard.incrementAndGet();
            unheardBytes.addAndGet(length);
            router.loop().execute(() -> {
                Conversation known = conversation;
                if (known != null) {
                    known.heard(message);
                }
                unheardBytes.addAndGet(-length);
                unheard.decrementAndGet();
                more();
            });
            more();
        }

        private void violated(String text) {
            router.loop().execute(() -> {
                Conversation known = conversation;
                if (known != null) {
                    known.violated(text);
                }
                // On it is read, unheard: the reason must not be lost in a reset.
                more();
            });
        }

        /**
         * Asks for one more, unless too much waits. Whatever waits comes by here again when it was worked on, so nobody
         * is forgotten.
         */
        private void more() {
            Subscription known = source;
            if (known != null
                    && unheard.get() < settings.unheardMax()
                    && unheardBytes.get() < UNHEARD_BYTES_MAX
                    && isAsked.compareAndSet(false, true)) {
                known.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            LOG.debug("A connection of an agent failed", failure);
            end();
        }

        @Override
        public void onComplete() {
            end();
        }
    }

    private void tick() {
        // While its messages wait for the router nothing more is read of it, and nothing heard.
        if (unheard.get() > 0) {
            silentTicks = 0;
            return;
        }
        if (silentTicks > SILENT_TICKS_MAX) {
            end();
        } else if (silentTicks++ > 0) {
            // Nothing came for a whole interval; agents ask by themselves, and then need not be asked.
            var unused = channel.writeAndFlush(new PingWebSocketFrame());
        }
    }
}
