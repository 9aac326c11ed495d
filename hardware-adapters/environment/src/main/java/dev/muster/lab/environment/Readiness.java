package dev.muster.lab.environment;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells virtual threads when a descriptor can be read or written, so that none of them blocks in the kernel. One thread
 * polls for all; each wait is for one occasion. A byte in a pipe of its own tells that thread of new waits.
 */
final class Readiness implements AutoCloseable {

    static final short TO_READ = 1;
    static final short TO_WRITE = 4;

    /** A waiter looks for itself after this time, whatever it was told. */
    private static final long WAIT_NANOS_MAX = 5_000_000_000L;

    private static final int STRUCTURE_BYTES = 8;
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final Queue<Wait> arrivals = new ConcurrentLinkedQueue<>();
    private final Descriptor.Pipe bell;
    private final MemorySegment bellByte = Arena.ofAuto().allocate(64);
    private final Thread thread;
    private boolean rung;
    private volatile boolean closed;

    Readiness() throws IOException {
        bell = Descriptor.Pipe.open();
        thread = Thread.ofPlatform().daemon().name("lab-processes-poll").start(this::poll);
    }

    /**
     * Waits until the descriptor may be ready, the thread is unparked, or the time is over; then look again. Fails when
     * this was closed.
     */
    void await(Descriptor descriptor, short events, long nanosMax) {
        if (closed) {
            throw new IllegalStateException("programs are no longer run");
        }
        Wait wait = new Wait(Thread.currentThread(), descriptor.number(), events);
        arrivals.add(wait);
        ring();
        if (!wait.ready) {
            LockSupport.parkNanos(this, Math.min(nanosMax, WAIT_NANOS_MAX));
        }
        if (!wait.ready) {
            wait.withdrawn = true;
            ring();
        }
    }

    private void poll() {
        List<Wait> waits = new ArrayList<>();
        MemorySegment structures = Arena.ofAuto().allocate(64 * STRUCTURE_BYTES, STRUCTURE_BYTES);
        while (!closed) {
            for (Wait each = arrivals.poll(); each != null; each = arrivals.poll()) {
                waits.add(each);
            }
            waits.removeIf(each -> each.withdrawn);
            long count = waits.size() + 1L;
            if (count * STRUCTURE_BYTES > structures.byteSize()) {
                structures = Arena.ofAuto().allocate(2 * count * STRUCTURE_BYTES, STRUCTURE_BYTES);
            }
            ask(structures, 0, bell.reading().number(), TO_READ);
            for (int i = 0; i < waits.size(); i++) {
                ask(structures, i + 1, waits.get(i).descriptor, waits.get(i).events);
            }
            int result = LibC.poll(structures, count);
            if (result < 0) {
                // Never seen but for signals; whatever it is, it must not spin.
                pauseAfter(result);
                continue;
            }
            if (answer(structures, 0) != 0) {
                silence();
            }
            tellThoseReady(waits, structures);
        }
        waits.forEach(Wait::tell);
        arrivals.forEach(Wait::tell);
    }

    private static void tellThoseReady(List<Wait> waits, MemorySegment structures) {
        List<Wait> told = new ArrayList<>();
        for (int i = 0; i < waits.size(); i++) {
            if (answer(structures, i + 1) != 0) {
                told.add(waits.get(i));
            }
        }
        waits.removeAll(told);
        told.forEach(Wait::tell);
    }

    private static void ask(MemorySegment structures, long index, int descriptor, short events) {
        structures.set(ValueLayout.JAVA_INT, index * STRUCTURE_BYTES, descriptor);
        structures.set(ValueLayout.JAVA_SHORT, index * STRUCTURE_BYTES + 4, events);
        structures.set(ValueLayout.JAVA_SHORT, index * STRUCTURE_BYTES + 6, (short) 0);
    }

    private static short answer(MemorySegment structures, long index) {
        return structures.get(ValueLayout.JAVA_SHORT, index * STRUCTURE_BYTES + 6);
    }

    private static void pauseAfter(int result) {
        if (result != -LibC.INTERRUPTED) {
            LOG.warn("Pipes of programs could not be polled: error {}.", -result);
            LockSupport.parkNanos(100_000_000L);
        }
    }

    /** The lock keeps the byte from a descriptor that was closed in between. */
    private synchronized void ring() {
        if (!rung && !closed) {
            rung = true;
            bell.writing().write(bellByte, 1);
        }
    }

    private synchronized void silence() {
        rung = false;
        bell.reading().read(bellByte);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            bell.writing().write(bellByte, 1);
        }
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bell.close();
    }

    private static final class Wait {

        private final Thread waiter;
        private final int descriptor;
        private final short events;
        private volatile boolean ready;
        private volatile boolean withdrawn;

        Wait(Thread waiter, int descriptor, short events) {
            this.waiter = waiter;
            this.descriptor = descriptor;
            this.events = events;
        }

        void tell() {
            ready = true;
            LockSupport.unpark(waiter);
        }
    }
}
