package dev.muster.server.wiring;

import dev.muster.kernel.Fold;
import dev.muster.updates.modes.query.FeedRolloutIndex;
import dev.muster.updates.modes.query.FollowingIndex;
import dev.muster.updates.modes.query.HardwareIndex;
import dev.muster.updates.modes.query.ShelfIndex;
import java.util.List;

/** What update modes keep in memory. */
record ModeFolds(HardwareIndex hardware, ShelfIndex shelf, FeedRolloutIndex feedRollouts, FollowingIndex followings) {

    /** All behind the catalogue, which the shelf asks; feeds behind the shelf. */
    List<Fold> inOrder() {
        return List.of(hardware, shelf, feedRollouts, followings);
    }
}
