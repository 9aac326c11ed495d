package dev.muster.updates.modes;

import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rollouts of feeds, in memory on each node. Asked at every poll; never blocks. */
public interface FeedRollouts {

    /** Null when there is none, or it was deleted. */
    @Nullable
    FeedRollout find(long number);

    /** All that stand, oldest first. Those whose software was deleted are gone with it. */
    List<FeedRollout> all();

    /**
     * The newest that is not paused and whose software is usable and fits the hardware exactly; null when there is
     * none. A newer one that is paused or for other hardware is passed over.
     */
    @Nullable
    FeedRollout newest(@Nullable String feed, Hardware hardware);

    /** Those of a feed that stand, newest first, the paused ones among them. For people's questions, not for polls. */
    default List<FeedRollout> of(String feed) {
        return all().reversed().stream()
                .filter(each -> each.feed().equals(feed))
                .toList();
    }

    /** Refuses with {@link UpdatesRefusal#SOFTWARE_REFERENCED} while a rollout, paused or not, gives this software. */
    default void onlyUnreferenced(long software) {
        if (all().stream().anyMatch(each -> each.software() == software)) {
            throw UpdatesRefusal.SOFTWARE_REFERENCED.because("Software is referenced by rollout");
        }
    }

    /**
     * @param software number of the software it gives
     * @param successCount devices that installed it while it was what they followed, each attempt once
     * @param failureCount likewise, those that failed
     */
    record FeedRollout(
            long number,
            String name,
            String feed,
            long software,
            ReleaseRef release,
            Instant createdAt,
            boolean paused,
            long successCount,
            long failureCount) {}
}
