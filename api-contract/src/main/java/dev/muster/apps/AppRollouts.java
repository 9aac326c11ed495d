package dev.muster.apps;

import dev.muster.registry.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rollouts of releases, in memory on each node, folded from the log. Members are known as long as a rollout is
 * not over. For one app a device is a member of one such rollout at most: one that would reach devices of another
 * is refused, from its creation on, for what a device should run must not depend on which of two was faster.
 */
public interface AppRollouts {

    @Nullable
    AppRolloutView find(AppRolloutId id);

    /** As {@link #find}, refused with {@link AppsRefusal#ROLLOUT_UNKNOWN}. */
    default AppRolloutView needed(AppRolloutId id) {
        AppRolloutView found = find(id);
        if (found == null) {
            throw AppsRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + id + ".");
        }
        return found;
    }

    /** Rollouts of the app that are not over. */
    List<AppRolloutId> underWay(AppKey app);

    /** The rollout that the device is a member of, null for none. */
    @Nullable
    Membership membership(AppKey app, DeviceId device);

    /** The same for all apps. */
    List<Membership> memberships(DeviceId device);

    /** Members of a group for whom it is not over, by id. */
    List<DeviceId> open(AppRolloutId id, int group);

    /**
     * Those of these members whom the event at this position ended: of several words about one the first counts.
     *
     * @param position where a {@link AppRolloutEvent.MembersEnded} stands in the log
     */
    List<DeviceId> endedBy(AppRolloutId id, long position, List<DeviceId> members);

    /**
     * @param reached whether its group has started
     * @param ended whether it is over for the device
     */
    record Membership(AppRolloutId rollout, AppKey app, int group, boolean reached, boolean ended) {

        /** Whether it is to have the release and what it makes of it matters. */
        public boolean isOpen() {
            return reached && !ended;
        }
    }

    /**
     * What a rollout that is not over says to a device it has reached, also when it has ended for the device; null when
     * none does.
     */
    WantedApp.@Nullable Staged staged(AppKey app, DeviceId device);

    /** Tells when {@link #staged} begins to answer otherwise. Called on the thread that reads the log. */
    AutoCloseable onChange(Installations.Change change);
}
