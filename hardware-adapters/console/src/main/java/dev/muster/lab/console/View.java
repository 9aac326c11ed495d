package dev.muster.lab.console;

import dev.muster.lab.ConsoleLines.Attached;
import dev.muster.lab.ConsoleLines.Notice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * One who looks: a position in the line's history. Bytes are copied out only as they are asked for, on short-lived
 * virtual threads, so that whoever is slow, or blocks, is so alone.
 */
final class View implements Attached {

    private final Line line;
    private final String user;
    private final int pieceBytesMax;
    private final int noticesMax;
    private final Drain outputDrain;
    private final Drain noticeDrain;
    private final AtomicBoolean outputTaken = new AtomicBoolean();
    private final AtomicBoolean noticesTaken = new AtomicBoolean();
    private final Deque<Notice> waiting = new ArrayDeque<>();
    /** Moved by the output's drain alone. */
    private long position;

    private volatile @Nullable FluxSink<byte[]> output;
    private volatile @Nullable FluxSink<Notice> notices;
    private volatile boolean over;

    View(Line line, String user, long position, ConsoleSettings settings, Executor deliveries) {
        this.line = line;
        this.user = user;
        this.position = position;
        this.pieceBytesMax = settings.pieceBytesMax();
        this.noticesMax = settings.noticesMax();
        this.outputDrain = new Drain(deliveries, this::drainOutput);
        this.noticeDrain = new Drain(deliveries, this::drainNotices);
    }

    String user() {
        return user;
    }

    @Override
    public Flux<byte[]> output() {
        return Flux.create(
                sink -> {
                    if (isTaken(outputTaken, sink)) {
                        return;
                    }
                    output = sink;
                    sink.onDispose(this::close);
                    sink.onRequest(more -> outputDrain.wake());
                    outputDrain.wake();
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    @Override
    public Flux<Notice> notices() {
        return Flux.create(
                sink -> {
                    if (isTaken(noticesTaken, sink)) {
                        return;
                    }
                    notices = sink;
                    sink.onRequest(more -> noticeDrain.wake());
                    noticeDrain.wake();
                },
                FluxSink.OverflowStrategy.ERROR);
    }

    private static boolean isTaken(AtomicBoolean taken, FluxSink<?> sink) {
        boolean late = !taken.compareAndSet(false, true);
        if (late) {
            sink.error(new IllegalStateException("one subscriber only"));
        }
        return late;
    }

    @Override
    public boolean isWriter() {
        return line.audience().hasPen(this);
    }

    @Override
    public void take() {
        line.audience().givePenTo(this);
    }

    @Override
    public CompletableFuture<Void> write(byte[] bytes) {
        return line.outbox().put(new Order.Write(this, bytes.clone()));
    }

    @Override
    public CompletableFuture<Void> sendBreak() {
        return line.outbox().put(new Order.Break(this));
    }

    @Override
    public CompletableFuture<Void> baud(int rate) {
        return line.outbox().put(new Order.Baud(this, rate));
    }

    @Override
    public void close() {
        line.audience().leave(this);
    }

    /** There is more to read. */
    void wake() {
        outputDrain.wake();
    }

    void tell(Notice notice) {
        synchronized (waiting) {
            if (waiting.size() == noticesMax) {
                waiting.removeFirst();
            }
            waiting.addLast(notice);
        }
        noticeDrain.wake();
    }

    /** Nothing comes any more; what was asked for is still delivered. */
    void end() {
        over = true;
        outputDrain.wake();
        noticeDrain.wake();
    }

    private void drainOutput() {
        FluxSink<byte[]> sink = output;
        if (sink == null) {
            return;
        }
        boolean last = over;
        while (sink.requestedFromDownstream() > 0 && !sink.isCancelled()) {
            History.Piece piece = line.history().from(position, pieceBytesMax);
            if (piece == null) {
                break;
            }
            position = piece.next();
            sink.next(piece.bytes());
        }
        if (last) {
            sink.complete();
        }
    }

    private void drainNotices() {
        FluxSink<Notice> sink = notices;
        if (sink == null) {
            return;
        }
        boolean last = over;
        while (sink.requestedFromDownstream() > 0 && !sink.isCancelled()) {
            Notice notice;
            synchronized (waiting) {
                notice = waiting.pollFirst();
            }
            if (notice == null) {
                break;
            }
            sink.next(notice);
        }
        if (last) {
            sink.complete();
        }
    }
}
