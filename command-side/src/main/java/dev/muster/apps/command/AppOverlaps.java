package dev.muster.apps.command;

import dev.muster.apps.AppKey;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppRollouts.Membership;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Other rollouts of the same app that are not over and have some of the same members. */
final class AppOverlaps {

    /** Rollouts that a refusal names. */
    private static final int NAMED_MAX = 20;

    private AppOverlaps() {}

    /** Their ids as text, at most some. */
    static SortedSet<String> of(AppRollouts rollouts, AppRolloutId id, AppKey app, List<DeviceId> members) {
        TreeSet<String> others = new TreeSet<>();
        for (DeviceId member : members) {
            Membership other = rollouts.membership(app, member);
            if (other != null && !other.rollout().equals(id) && others.size() < NAMED_MAX) {
                others.add(other.rollout().toString());
            }
        }
        return others;
    }
}
