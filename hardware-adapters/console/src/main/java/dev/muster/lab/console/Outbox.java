package dev.muster.lab.console;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be done to a line, in order, on a thread of its own: a line that takes nothing (flow control, a stopped
 * board) holds up its writer and nobody who reads. Whoever loses the pen has nothing more written, also in the middle
 * of a long paste.
 */
final class Outbox implements Runnable {

    private static final int SLICE_BYTES = 1024;
    private static final int BITS_A_BYTE = 12;

    private record Entry(Order order, CompletableFuture<Void> done) {}

    private final Line line;
    private final ConsoleSettings settings;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int waitingBytes;
    private boolean over;

    Outbox(Line line, ConsoleSettings settings) {
        this.line = line;
        this.settings = settings;
    }

    /** Completes when the line took it, or at once, with nothing done, for one without the pen. */
    CompletableFuture<Void> put(Order order) {
        if (!line.audience().hasPen(order.author())) {
            return CompletableFuture.completedFuture(null);
        }
        if (order instanceof Order.Baud(View author, int rate) && !LineOption.isBaud(rate)) {
            return CompletableFuture.failedFuture(LabRefusal.BAD_VALUE.about(
                    "value",
                    "A rate is between " + LineOption.BAUD_MIN + " and " + LineOption.BAUD_MAX + " baud, not " + rate
                            + "."));
        }
        Entry entry = new Entry(order, new CompletableFuture<>());
        synchronized (entries) {
            if (over) {
                return CompletableFuture.failedFuture(lost());
            }
            if (entries.size() >= settings.outboxOrdersMax()
                    || waitingBytes > settings.outboxBytesMax() - order.length()) {
                return CompletableFuture.failedFuture(
                        LabRefusal.TOO_MANY.because("The line is slower than what it is given; wait for it."));
            }
            waitingBytes += order.length();
            entry.done().orTimeout(patienceMillis(), TimeUnit.MILLISECONDS);
            entries.addLast(entry);
            entries.notifyAll();
        }
        return entry.done()
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException
                                ? LabRefusal.CONSOLE_FAULT.because("The line did not take it in time.")
                                : failure));
    }

    /** Nothing more is done. */
    void end() {
        synchronized (entries) {
            over = true;
            entries.notifyAll();
        }
    }

    @Override
    public void run() {
        try {
            for (Entry entry = next(); entry != null; entry = next()) {
                perform(entry);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
            entries.forEach(entry -> entry.done().completeExceptionally(lost()));
        }
    }

    /** An order, or null at the end. */
    private @Nullable Entry next() throws InterruptedException {
        synchronized (entries) {
            while (entries.isEmpty() && !over) {
                entries.wait();
            }
            if (over) {
                return null;
            }
            Entry entry = entries.removeFirst();
            waitingBytes -= entry.order().length();
            return entry;
        }
    }

    private void perform(Entry entry) {
        Wire wire = line.wire();
        try {
            if (!isWanted(entry)) {
                entry.done().complete(null);
            } else if (wire == null) {
                entry.done().completeExceptionally(lost());
            } else {
                switch (entry.order()) {
                    case Order.Write write -> write(wire, write.bytes(), entry);
                    case Order.Break ignored -> wire.sendBreak();
                    case Order.Baud baud -> {
                        wire.baud(baud.rate());
                        line.remember(baud.rate());
                    }
                }
                entry.done().complete(null);
            }
        } catch (Refused e) {
            entry.done().completeExceptionally(e);
        } catch (IOException e) {
            entry.done().completeExceptionally(LabRefusal.CONSOLE_FAULT.because("The line was lost meanwhile."));
        }
    }

    private void write(Wire wire, byte[] bytes, Entry entry) throws IOException {
        for (int at = 0; at < bytes.length && isWanted(entry); at += SLICE_BYTES) {
            wire.write(bytes, at, Math.min(SLICE_BYTES, bytes.length - at));
        }
    }

    /** Not any more when it took too long or the pen has moved. */
    private boolean isWanted(Entry entry) {
        return !entry.done().isDone() && line.audience().hasPen(entry.order().author());
    }

    /** As long as all that waits needs on the wire, and some more. */
    private long patienceMillis() {
        return settings.writeTimeout().toMillis() + 1000L * waitingBytes * BITS_A_BYTE / line.baud();
    }

    private static Refused lost() {
        return LabRefusal.CONSOLE_FAULT.because("The line is lost at the moment; nothing was sent.");
    }
}
