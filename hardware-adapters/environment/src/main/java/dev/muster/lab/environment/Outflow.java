package dev.muster.lab.environment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * What a program says, for one subscriber. A virtual thread reads one piece for each that was asked for and parks when
 * none is; what is not read stays in the kernel's pipe of 64 KiB, where it stops the program. Cancelling closes the pipe.
 *
 * <p>It ends at the end of file. Something that the program left behind may keep the pipe open for ever, so once the
 * program itself is over, the first silence of some length is an end too.
 */
final class Outflow extends Flux<byte[]> {

    /** Reactor's operators ask for 128 or 256 pieces ahead: with this size that is a mebibyte or two, and no more. */
    static final int PIECE_BYTES = 8 << 10;

    private final String name;
    private final Descriptor descriptor;
    private final Readiness readiness;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile @Nullable Reading reading;
    /** How long a silence may last. */
    private volatile long silenceNanosMax = Long.MAX_VALUE;
    /** Since when a silence counts, as {@link System#nanoTime} has it. */
    private volatile long overSince;

    Outflow(String name, Descriptor descriptor, Readiness readiness) {
        this.name = name;
        this.descriptor = descriptor;
        this.readiness = readiness;
    }

    @Override
    public void subscribe(CoreSubscriber<? super byte[]> subscriber) {
        if (!taken.compareAndSet(false, true)) {
            Operators.error(subscriber, new IllegalStateException("what a program says has one subscriber, in time"));
            return;
        }
        Reading mine = new Reading(subscriber);
        reading = mine;
        subscriber.onSubscribe(mine);
        mine.thread.start();
    }

    /** From now on a silence of this length, or of a shorter one that was said before, is the end. */
    void endsWithSilenceOf(long nanos) {
        synchronized (taken) {
            overSince = System.nanoTime();
            silenceNanosMax = Math.min(silenceNanosMax, nanos);
        }
        Reading current = reading;
        if (current != null) {
            LockSupport.unpark(current.thread);
        }
    }

    /** Whether somebody listens or listened. */
    boolean isHeard() {
        return taken.get();
    }

    /** Closes it unless somebody listens. */
    void closeUnheard() {
        if (taken.compareAndSet(false, true)) {
            descriptor.close();
        }
    }

    private long patienceNanos(long silentSince) {
        long max = silenceNanosMax;
        if (max == Long.MAX_VALUE) {
            return max;
        }
        long now = System.nanoTime();
        return max - Math.min(now - silentSince, now - overSince);
    }

    private final class Reading implements Subscription {

        private final CoreSubscriber<? super byte[]> subscriber;
        private final AtomicLong asked = new AtomicLong();
        private final Thread thread;
        private volatile boolean cancelled;

        Reading(CoreSubscriber<? super byte[]> subscriber) {
            this.subscriber = subscriber;
            this.thread = Thread.ofVirtual().name(name).unstarted(this::read);
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                asked.accumulateAndGet(n, Operators::addCap);
                wake();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            wake();
        }

        void wake() {
            LockSupport.unpark(thread);
        }

        private void read() {
            try {
                handOnAll();
            } catch (RuntimeException failure) {
                descriptor.close();
                if (!cancelled) {
                    subscriber.onError(failure);
                }
                return;
            }
            descriptor.close();
            if (!cancelled) {
                subscriber.onComplete();
            }
        }

        private void handOnAll() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment piece = arena.allocate(PIECE_BYTES);
                for (int bytes = next(piece); bytes > 0; bytes = next(piece)) {
                    byte[] said = piece.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE);
                    asked.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
                    subscriber.onNext(said);
                }
            }
        }

        /** The next bytes when they are wanted and there; 0 at the end or when it was cancelled. */
        private int next(MemorySegment piece) {
            long silentSince = System.nanoTime();
            while (!cancelled) {
                if (asked.get() == 0) {
                    LockSupport.park(this);
                    silentSince = System.nanoTime();
                    continue;
                }
                int bytes = descriptor.read(piece);
                if (bytes >= 0) {
                    return bytes;
                }
                if (bytes == -LibC.INPUT_OUTPUT) {
                    // The other side of a terminal is closed.
                    return 0;
                }
                if (bytes != -LibC.TRY_AGAIN && bytes != -LibC.INTERRUPTED) {
                    throw new IllegalStateException("what a program says cannot be read (error " + -bytes + ")");
                }
                long patience = patienceNanos(silentSince);
                if (patience <= 0) {
                    return 0;
                }
                readiness.await(descriptor, Readiness.TO_READ, patience);
            }
            return 0;
        }
    }
}
