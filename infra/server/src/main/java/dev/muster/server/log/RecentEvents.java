package dev.muster.server.log;

import dev.muster.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest events as objects. A dozen readers follow the log within moments of each other; without this each would
 * turn the same bytes into the same event again. A ring: an event's place is its position, and a newer one takes the
 * place of one a ring's length older. Events are immutable, so all readers may share them.
 */
final class RecentEvents {

    /** About as many as arrive within a second at full load; a reader further behind than that reads for itself. */
    private static final int KEPT = 1 << 13;

    private final AtomicReferenceArray<@Nullable Recorded> ring = new AtomicReferenceArray<>(KEPT);

    /** The events from {@code first} through {@code last} that are held without a gap, at most {@code max}. */
    List<Recorded> from(long first, long last, int max) {
        List<Recorded> run = new ArrayList<>();
        for (long position = first; position <= last && run.size() < max; position++) {
            Recorded held = ring.get(place(position));
            if (held == null || held.position() != position) {
                break;
            }
            run.add(held);
        }
        return run;
    }

    /** Whether this position is new enough to be held. */
    boolean reaches(long position, long committed) {
        return position > committed - KEPT;
    }

    /** Keeps what is new enough; a reader far back in history must not push out what the others need next. */
    void keep(List<Recorded> read, long committed) {
        for (Recorded recorded : read) {
            if (reaches(recorded.position(), committed)) {
                ring.set(place(recorded.position()), recorded);
            }
        }
    }

    private static int place(long position) {
        return (int) (position & (KEPT - 1));
    }
}
