package dev.muster.staging.command.http;

import dev.muster.kernel.Given;
import dev.muster.staging.PauseCause;
import dev.muster.staging.SeenPause;
import org.jspecify.annotations.Nullable;

/**
 * Which pause is to end, as it was seen; without it, whichever it is.
 *
 * @param pauseCause as the rollout says it
 * @param group index of the newest group that had started, from 0; only with {@code pauseCause}, and needed for no cause
 */
public record ResumeRequest(
        @Nullable PauseCause pauseCause, @Nullable Integer group) {

    /** Null when any pause is meant. Refused when a group is given without a cause. */
    public static @Nullable SeenPause seen(@Nullable ResumeRequest request) {
        if (request == null || request.pauseCause == null && request.group == null) {
            return null;
        }
        return new SeenPause(Given.required(request.pauseCause, "pauseCause"), request.group);
    }
}
