package dev.muster.lab.wire;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Writes to a connection no faster than it takes: a source is asked for more only while little of it is on its way. */
final class Outlet {

    /** Bytes of one source that are written but not yet gone. */
    private static final long UNDER_WAY_MAX = 256 << 10;

    private final Channel channel;
    private final AtomicLong said = new AtomicLong();

    Outlet(Channel channel) {
        this.channel = channel;
    }

    /**
     * Writes one thing outside of any source, as it is.
     *
     * @param bytes how long it is
     * @return false when the other end does not take what is said to it: then nothing was written
     */
    boolean say(Object message, int bytes) {
        if (said.addAndGet(bytes) > UNDER_WAY_MAX) {
            said.addAndGet(-bytes);
            io.netty.util.ReferenceCountUtil.release(message);
            return false;
        }
        channel.writeAndFlush(message).addListener(done -> said.addAndGet(-bytes));
        return true;
    }

    /** Writes all of a source, each piece framed; completes when the last of it is gone, and fails when it cannot. */
    Mono<Void> pour(Flux<byte[]> source, Function<byte[], Object> framed) {
        return Mono.create(sink -> {
            Pouring pouring = new Pouring(framed, sink);
            sink.onCancel(pouring);
            source.subscribe(pouring);
        });
    }

    private final class Pouring extends BaseSubscriber<byte[]> {

        private final Function<byte[], Object> framed;
        private final MonoSink<Void> done;
        private long underWay;
        private boolean isAsked;
        private boolean isOver;

        Pouring(Function<byte[], Object> framed, MonoSink<Void> done) {
            this.framed = framed;
            this.done = done;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            ask(0);
        }

        @Override
        protected void hookOnNext(byte[] bytes) {
            synchronized (this) {
                isAsked = false;
                underWay += bytes.length;
            }
            channel.writeAndFlush(framed.apply(bytes)).addListener(written -> went(bytes.length, written));
            ask(0);
        }

        private void went(int bytes, Future<? super Void> written) {
            if (written.isSuccess()) {
                ask(bytes);
                return;
            }
            cancel();
            Throwable why = written.cause();
            done.error(why == null ? new ClosedChannelException() : why);
        }

        @Override
        protected void hookOnComplete() {
            synchronized (this) {
                isOver = true;
            }
            ask(0);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            done.error(failure);
        }

        private void ask(int gone) {
            boolean all;
            boolean more;
            synchronized (this) {
                underWay -= gone;
                all = isOver && underWay == 0;
                more = !isOver && !isAsked && underWay < UNDER_WAY_MAX;
                isAsked |= more;
            }
            if (all) {
                done.success();
            } else if (more) {
                request(1);
            }
        }
    }
}
