package dev.muster.lab.environment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;

/**
 * What is said to a program. A virtual thread writes one item and asks for the next only when the kernel took it whole.
 * A program that closed its input, or is over, just ends it.
 */
final class Inflow implements CoreSubscriber<byte[]> {

    private static final int PIECE_BYTES = 16 << 10;
    private static final byte END_OF_TRANSMISSION = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Inflow.class);

    private final Descriptor descriptor;
    private final Readiness readiness;
    private final boolean terminal;
    private final Thread thread;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicReference<byte @Nullable []> item = new AtomicReference<>();
    private volatile @Nullable Subscription upstream;
    private volatile boolean complete;
    private volatile boolean stopped;
    private byte last = '\n';

    Inflow(String name, Descriptor descriptor, Readiness readiness, boolean terminal) {
        this.descriptor = descriptor;
        this.readiness = readiness;
        this.terminal = terminal;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::write);
    }

    /** Takes what this publisher has; once. */
    void take(Publisher<byte[]> input) {
        if (begun.compareAndSet(false, true)) {
            thread.start();
        } else if (!stopped) {
            throw new IllegalStateException("a program has one input");
        }
        input.subscribe(this);
    }

    /** The program is over: nothing is taken any more. */
    void stop() {
        stopped = true;
        if (begun.compareAndSet(false, true)) {
            descriptor.close();
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        upstream = subscription;
        if (stopped) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(byte[] bytes) {
        item.set(bytes);
        LockSupport.unpark(thread);
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("What is said to a program ended with a failure.", failure);
        onComplete();
    }

    @Override
    public void onComplete() {
        complete = true;
        LockSupport.unpark(thread);
    }

    private void write() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment piece = arena.allocate(PIECE_BYTES);
            boolean taken = true;
            while (taken && !stopped) {
                boolean wasComplete = complete;
                byte[] bytes = item.getAndSet(null);
                if (bytes != null) {
                    taken = writeAll(bytes, piece);
                    askForMore(taken);
                } else if (wasComplete) {
                    endInput(piece);
                    return;
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (RuntimeException failure) {
            LOG.debug("A program takes no more input.", failure);
        } finally {
            stopped = true;
            descriptor.close();
            askForMore(false);
        }
    }

    private void askForMore(boolean more) {
        Subscription subscription = upstream;
        if (subscription != null) {
            if (more) {
                subscription.request(1);
            } else {
                subscription.cancel();
            }
        }
    }

    /** A terminal has no end of file; a line that is empty and this character are one. */
    private void endInput(MemorySegment piece) {
        if (terminal) {
            writeAll(
                    last == '\n' || last == '\r'
                            ? new byte[] {END_OF_TRANSMISSION}
                            : new byte[] {END_OF_TRANSMISSION, END_OF_TRANSMISSION},
                    piece);
        }
    }

    /** Whether the program took them all. */
    private boolean writeAll(byte[] bytes, MemorySegment piece) {
        int done = 0;
        while (done < bytes.length) {
            if (stopped) {
                return false;
            }
            int length = Math.min(bytes.length - done, PIECE_BYTES);
            MemorySegment.copy(bytes, done, piece, ValueLayout.JAVA_BYTE, 0, length);
            int written = descriptor.write(piece, length);
            if (written >= 0) {
                done += written;
            } else if (written == -LibC.TRY_AGAIN) {
                readiness.await(descriptor, Readiness.TO_WRITE, Long.MAX_VALUE);
            } else if (written != -LibC.INTERRUPTED) {
                return false;
            }
        }
        if (bytes.length > 0) {
            last = bytes[bytes.length - 1];
        }
        return true;
    }
}
