package dev.muster.wamp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;

/**
 * The end of a connection by this server. Whoever is still sending is read on, unheard, until they answered or left: a
 * socket that is closed while something unread lies in it resets the connection, and what was said last is lost.
 */
final class Farewell extends ChannelInboundHandlerAdapter {

    /** Agents leave old sockets open and answer nothing; those are closed all the same. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    private Farewell() {}

    /** Completes when the connection is closed. On the event loop. */
    static Mono<Void> say(Channel channel) {
        if (!channel.isActive()) {
            return Mono.empty();
        }
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "farewell", new Farewell());
        channel.config().setAutoRead(true);
        var unused = channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        var patience = channel.eventLoop()
                .schedule(
                        () -> {
                            var _ = channel.close();
                        },
                        ANSWER_MAX.toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> patience.cancel(false));
        return FutureMono.from(channel.closeFuture());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (message instanceof CloseWebSocketFrame) {
            var _ = context.channel().close();
        }
    }
}
