package dev.muster.lab.console;

import dev.muster.lab.ConsoleLines.Notice;
import dev.muster.lab.ConsoleLines.NoticeKind;
import dev.muster.lab.LabRefusal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everybody who looks at a line, and the one pen. */
final class Audience {

    private final int readersMax;
    private final List<View> views = new CopyOnWriteArrayList<>();
    private @Nullable View writer;
    private boolean lost;
    private boolean over;

    Audience(int readersMax) {
        this.readersMax = readersMax;
    }

    /** Lets one in, with the pen if they want it and nobody has it; null when the line is closed. */
    synchronized @Nullable View admit(boolean writes, Supplier<View> maker) {
        if (over) {
            return null;
        }
        if (views.size() >= readersMax) {
            throw LabRefusal.TOO_MANY.because("At most " + readersMax + " may look at a console at once.");
        }
        View view = maker.get();
        if (lost) {
            view.tell(new Notice(NoticeKind.LOST, null));
        }
        if (writer != null) {
            view.tell(new Notice(NoticeKind.WRITER, writer.user()));
        } else if (writes) {
            writer = view;
            tell(NoticeKind.WRITER, view.user());
        }
        views.add(view);
        return view;
    }

    synchronized boolean hasPen(View view) {
        return writer == view;
    }

    synchronized void givePenTo(View view) {
        if (writer != view && views.contains(view)) {
            writer = view;
            tell(NoticeKind.WRITER, view.user());
        }
    }

    synchronized void leave(View view) {
        if (!views.remove(view)) {
            return;
        }
        view.end();
        if (writer == view) {
            writer = null;
            tell(NoticeKind.WRITER, null);
        }
    }

    synchronized void lost() {
        lost = true;
        tell(NoticeKind.LOST, null);
    }

    synchronized void back() {
        lost = false;
        tell(NoticeKind.BACK, null);
    }

    synchronized boolean isLost() {
        return lost && !over;
    }

    void wake() {
        views.forEach(View::wake);
    }

    /** Sends everybody away; nobody comes in any more. */
    synchronized void end() {
        over = true;
        writer = null;
        views.forEach(View::end);
        views.clear();
    }

    private void tell(NoticeKind kind, @Nullable String detail) {
        Notice notice = new Notice(kind, detail);
        views.forEach(view -> view.tell(notice));
    }
}
