package dev.muster.server.log;

import dev.muster.kernel.Recorded;
import java.util.List;

/** The event log as readers see it, whichever store holds it. */
public interface Log {

    /** The position of the newest durable event, -1 when there is none. */
    long committed();

    /** A cursor that starts after {@code position}; -1 for the beginning. */
    LogCursor after(long position);

    /** The events of one aggregate, oldest first. */
    List<Recorded> of(String aggregate);

    /** At most {@code limit} events of one aggregate from this sequence number on, oldest first. */
    List<Recorded> of(String aggregate, long fromSequence, int limit);
}
