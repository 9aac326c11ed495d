package dev.muster.updates.modes;

import dev.muster.registry.DeviceId;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import org.jspecify.annotations.Nullable;

/**
 * A device as its update mode sees it.
 *
 * @param feed the feed it follows in {@link UpdateMode#ROLLOUT}; null when none is set
 * @param assigned number of the software assigned to it, or null
 * @param force whether to install again what is there already, and after a failure
 * @param silent with {@link FollowState#ERROR}: nobody reported a failure, the device was not heard for too long. What
 *     it was at work on stays on offer, or its late word would find nothing to be about
 * @param progress of the running or last update in percent; null before the first
 * @param version what it has: what it installed from here or what it said itself, whichever came later; null when
 *     neither is known
 * @param hardware what it says it is; {@link Hardware#ANY} where it says nothing
 * @param offered number of the software that it read and has not ended yet; 0 for none
 * @param offeredRelease whose software that is: {@link FollowingCommand#ELSEWHERE} is the number of them all; null for
 *     none
 */
public record Following(
        DeviceId deviceId,
        UpdateMode mode,
        @Nullable String feed,
        @Nullable Long assigned,
        boolean force,
        FollowState state,
        boolean silent,
        @Nullable Integer progress,
        @Nullable String version,
        Hardware hardware,
        long offered,
        @Nullable ReleaseId offeredRelease) {

    /** True when a failure keeps everything from it, also what others than its mode would offer. */
    public boolean stopped() {
        return state == FollowState.ERROR && !silent && !force;
    }
}
