package dev.muster.lab.wire;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * Stops reading a connection while too much of what was read waits for whoever shall take it. Messages are taken off
 * the wire as they come, so that a signal overtakes input that nobody reads; it is the bytes that are counted.
 */
final class Gate {

    /** Bytes. What one round of reading brings comes on top, so this is well below the mebibyte of the contract. */
    private static final long SHUT_ABOVE = 256 << 10;

    private static final long OPEN_BELOW = 128 << 10;

    private final Channel channel;
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean isShut;

    private final Sinks.Many<byte[]> taken = Sinks.many()
            .unicast()
            .onBackpressureBuffer(Queues.<byte[]>unboundedMultiproducer().get());

    Gate(Channel channel) {
        this.channel = channel;
    }

    /** Bytes for {@link #through}; what comes after its end is dropped. On the event loop. */
    void take(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (waiting.addAndGet(bytes.length) > SHUT_ABOVE) {
            // Each time, for it is not ours alone: a server that has caught up with what came before anybody listened
            // sets it again.
            isShut = true;
            channel.config().setAutoRead(false);
        }
        if (taken.tryEmitNext(bytes).isFailure()) {
            gone(bytes.length);
        }
    }

    /** Nothing more will come. */
    void end() {
        taken.tryEmitComplete();
    }

    /** What came, in order; for one subscriber, who is not hurried. */
    Flux<byte[]> through() {
        return taken.asFlux().doOnNext(bytes -> gone(bytes.length));
    }

    /** Whether nothing is read at the moment, and so nothing can be heard. */
    boolean isShut() {
        return isShut;
    }

    private void gone(int bytes) {
        if (waiting.addAndGet(-bytes) <= OPEN_BELOW && isShut) {
            channel.eventLoop().execute(this::open);
        }
    }

    private void open() {
        if (isShut && waiting.get() <= OPEN_BELOW) {
            isShut = false;
            channel.config().setAutoRead(true);
        }
    }
}
