package dev.muster.lab.wire;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.ReservationId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One line for all boards: what is written comes back, and what was said before is "boot". */
final class FakeConsoles implements ConsoleLines {

    volatile boolean isOpen = true;
    final List<View> views = new CopyOnWriteArrayList<>();
    final List<String> done = new CopyOnWriteArrayList<>();
    private volatile @Nullable View writer;

    @Override
    public CompletableFuture<Void> open(BoardDefinition board, ReservationId reservation) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> close(BoardName board) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isLost(BoardName board) {
        return false;
    }

    @Override
    public AutoCloseable onLoss(Consumer<BoardName> hears) {
        return () -> {};
    }

    @Override
    public synchronized @Nullable Attached attach(BoardName board, String user, boolean writes, int replayBytes) {
        if (!isOpen) {
            return null;
        }
        View view = new View(user, replayBytes);
        views.add(view);
        if (writes && writer == null) {
            writer = view;
        }
        if (writes && writer != view) {
            view.notices.tryEmitNext(new Notice(NoticeKind.WRITER, writer.user));
        }
        return view;
    }

    void say(String text) {
        views.forEach(each -> each.output.tryEmitNext(text.getBytes(StandardCharsets.UTF_8)));
    }

    void notice(NoticeKind kind) {
        views.forEach(each -> each.notices.tryEmitNext(new Notice(kind, null)));
    }

    final class View implements Attached {
        final String user;
        final Sinks.Many<byte[]> output = Sinks.many().unicast().onBackpressureBuffer();
        final Sinks.Many<Notice> notices = Sinks.many().unicast().onBackpressureBuffer();

        View(String user, int replay) {
            this.user = user;
            if (replay > 0) {
                output.tryEmitNext("boot".getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public Flux<byte[]> output() {
            return output.asFlux();
        }

        @Override
        public Flux<Notice> notices() {
            return notices.asFlux();
        }

        @Override
        public boolean isWriter() {
            return writer == this;
        }

        @Override
        public void take() {
            writer = this;
            views.forEach(each -> each.notices.tryEmitNext(new Notice(NoticeKind.WRITER, user)));
        }

        @Override
        public CompletableFuture<Void> write(byte[] bytes) {
            done.add(new String(bytes, StandardCharsets.UTF_8));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> sendBreak() {
            done.add("<break>");
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> baud(int rate) {
            return rate == 115_200
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(LabRefusal.BAD_VALUE.because("Not that fast."));
        }

        @Override
        public void close() {
            views.remove(this);
            if (writer == this) {
                writer = null;
            }
        }
    }
}
