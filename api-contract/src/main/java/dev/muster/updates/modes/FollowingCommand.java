package dev.muster.updates.modes;

import dev.muster.kernel.AggregateCommand;
import dev.muster.registry.DeviceId;
import dev.muster.updates.Feedback;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked about a device's update mode. Every device has one from the beginning ({@link UpdateMode#ROLLOUT},
 * feed {@link #FEED_DEFAULT}); nothing has to be created. Saying something twice changes nothing.
 */
public sealed interface FollowingCommand extends AggregateCommand {

    /** The feed every device follows until it is told otherwise. */
    String FEED_DEFAULT = "default";

    /** For so long after an update succeeded the device's own word of another version is taken for old news. */
    Duration CONFIRMED_FOR = Duration.ofMinutes(1);

    /** Stands for what an action gives a device on a wire that knows software only by number. */
    long ELSEWHERE = -1;

    DeviceId deviceId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "following/" + deviceId();
    }

    /**
     * Chooses a mode. {@link UpdateMode#ROLLOUT} takes back an assignment and needs a feed, the device's own or the one
     * given here, else {@link dev.muster.updates.UpdatesRefusal#FEED_MISSING}; the others end following: the feed
     * is forgotten. {@link UpdateMode#LATEST} and {@link UpdateMode#PINNED} leave an assignment where it is, unused.
     *
     * @param feed the feed to set first, or null to leave it
     * @param assigned with {@link UpdateMode#ASSIGNED}: the software; null for one that is not there, which assigns
     *     nothing; in other modes null
     */
    record ChooseMode(
            DeviceId deviceId,
            UpdateMode mode,
            @Nullable String feed,
            @Nullable Assigned assigned) implements FollowingCommand {}

    /** Sets the feed in whatever mode; only {@link UpdateMode#ROLLOUT} uses it. Null clears it. */
    record SetFeed(DeviceId deviceId, @Nullable String feed) implements FollowingCommand {}

    /** Install again what is there already, and after a failure. Ends with the next end of an update. */
    record Force(DeviceId deviceId, boolean force) implements FollowingCommand {}

    /**
     * The device read what it shall install: from now on its word about this software counts, until it ends it.
     * Not to be sent at every reading: {@link Following#offered} says what is noted already.
     */
    record NoteOffered(DeviceId deviceId, Offer offer) implements FollowingCommand {}

    /**
     * What the device says about the software of a number. Answers {@link Heard}. Only what was offered counts: what
     * the device read, what is due to it now, or what it is at work on. Other word is only written to its log.
     *
     * @param software the number that the device named; {@link #ELSEWHERE} for an action's software
     * @param details log lines; null when the device sent none, which is not the same as an empty list: that is an
     *     empty line
     * @param standing how things stand on this node at this moment
     */
    record ReportFollowing(
            DeviceId deviceId,
            long software,
            Feedback.Execution execution,
            Feedback.Finished finished,
            @Nullable List<String> details,
            Standing standing)
            implements FollowingCommand {}

    /**
     * The device says which version it has, also that it has none; to be sent with every word of it, for only then can
     * it insist. Within {@link #CONFIRMED_FOR} after an update succeeded another version is passed over: what a device
     * says right after its restart was often read before it. It counts when the device still says so later.
     */
    record ReportVersion(DeviceId deviceId, @Nullable String version) implements FollowingCommand {}

    /** Nothing was heard of the running update after this moment: it counts as failed and gives its place free. */
    record ExpireRunning(DeviceId deviceId, Instant heardLast) implements FollowingCommand {}

    /**
     * The device left: its mode begins anew. When it is back since {@code returnedAt} and was told something since,
     * that stays.
     */
    record ForgetFollowing(DeviceId deviceId, @Nullable Instant returnedAt) implements FollowingCommand {}

    /**
     * @param software number of the software to assign
     * @param compatibility what it fits
     * @param hardware what the device says it is; if it is not among {@code compatibility}, the assignment is refused
     *     with {@link dev.muster.updates.UpdatesRefusal#SOFTWARE_INCOMPATIBLE}
     */
    record Assigned(long software, List<Hardware> compatibility, Hardware hardware) {

        public Assigned {
            compatibility = List.copyOf(compatibility);
        }
    }

    /**
     * Something to install.
     *
     * @param software number of the software, {@link #ELSEWHERE} for an action's
     * @param release what it is
     * @param version what the device has once it is installed; null when that is not for this mode to say
     *     ({@link #ELSEWHERE})
     * @param rollout number of the feed's rollout that gives it, or null
     */
    record Offer(
            long software,
            ReleaseRef release,
            @Nullable String version,
            @Nullable Long rollout) {}

    /**
     * @param selected what {@link Selection} gives the device now, whether or not it is due; or null
     * @param due whether that is to be installed now
     * @param known whether the software that the device speaks of is still on the shelf
     */
    record Standing(@Nullable Offer selected, boolean due, boolean known) {}

    /**
     * @param counted false when the software was not offered, or its end was told before: nothing but the log changed
     * @param state how the update stands now, as far as this mode knows: null before its first update
     */
    record Heard(boolean counted, @Nullable FollowState state) {}
}
