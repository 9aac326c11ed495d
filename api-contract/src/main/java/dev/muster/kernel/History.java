package dev.muster.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Reading the log itself: audit, timelines, live events. */
public interface History {

    /** Everything after {@code position}, then live, for ever. Slow readers are buffered up to a limit, then failed with {@link KernelRefusal#OVERLOADED}. */
    Flux<Recorded> after(long position);

    /** At most {@code limit} entries before {@code position} (exclusive), newest first. Blocking; call it off the event loop. */
    List<Recorded> before(long position, int limit);

    /** The events of one aggregate, oldest first. Blocking; call it off the event loop. */
    List<Recorded> of(String aggregate);

    /**
     * At most {@code limit} events of one aggregate from this sequence number on, oldest first. Blocking; call it off
     * the event loop.
     */
    default List<Recorded> of(String aggregate, long fromSequence, int limit) {
        return of(aggregate).stream()
                .filter(each -> each.sequence() >= fromSequence)
                .limit(limit)
                .toList();
    }

    /** The entry at a position, or null. */
    @Nullable
    Recorded at(long position);
}
