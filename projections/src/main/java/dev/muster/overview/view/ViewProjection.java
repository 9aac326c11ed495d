package dev.muster.overview.view;

import dev.muster.kernel.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How events become documents. A projection only folds: reading, writing, order, repetition and rebuilding are done
 * around it. It must say the same for the same events, whatever batches they come in, so that a rebuilt view equals
 * the one it replaces.
 */
public interface ViewProjection {

    /** Names its place in the log, its metrics and its generations. */
    String name();

    /** The collections it owns. */
    List<ViewCollection<?>> collections();

    /**
     * What must stay in order: events of one sequence are folded one after the other, and wait when one of them cannot
     * be folded. Null when the event is none of this projection's business.
     */
    @Nullable
    String sequence(Recorded recorded);

    /** The documents that {@link #fold} may change, also those that it makes: they may be there from an earlier time. */
    List<ViewKey> needs(Recorded recorded);

    /** Changes documents. Called in order of position; must not wait for anything. */
    void fold(Recorded recorded, Views views);
}
