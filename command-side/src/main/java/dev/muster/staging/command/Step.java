package dev.muster.staging.command;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to something that is staged, whatever it is. Nothing of this is stored: each capability has events of
 * its own and says in one place which step each of them is.
 */
public sealed interface Step {

    /**
     * It exists; its members are being frozen.
     *
     * @param approval whether a second person must agree before it may start
     * @param intake shape of the groups for those that join later, {@code count} is how many each takes; or null
     */
    record Planned(
            List<Group> groups, boolean approval, @Nullable Group intake) implements Step {

        public Planned {
            groups = List.copyOf(groups);
        }

        /** One that nobody has to agree to, and nobody joins. */
        public static Planned of(List<Group> groups) {
            return new Planned(groups, false, null);
        }
    }

    /** A part of a group's members is frozen. */
    record MembersNamed(int group, int chunk, List<DeviceId> members) implements Step {}

    /**
     * All members are frozen.
     *
     * @param sizes one for each group
     * @param unfit how many would have been members, but cannot be
     */
    record Ready(List<Integer> sizes, int unfit) implements Step {

        public Ready {
            sizes = List.copyOf(sizes);
        }
    }

    /** Somebody started it before that was possible: it starts as soon as it is ready and agreed to. */
    record StartAwaited() implements Step {}

    record Started() implements Step {}

    record GroupStarted(int group) implements Step {}

    /** Every member of the group was looked after; {@code skipped} of them need nothing. */
    record GroupOffered(int group, int offered, int skipped) implements Step {}

    /** Members ended, summed for each group; {@code counted} is the position they reach to. */
    record Progressed(List<Tally> tallies, long counted) implements Step {

        public Progressed {
            tallies = List.copyOf(tallies);
        }
    }

    record GroupSucceeded(int group) implements Step {}

    record GroupFailed(int group) implements Step {}

    record Paused(PauseCause cause) implements Step {}

    record Resumed() implements Step {}

    record Aborted() implements Step {}

    /** Nothing is left to start, nobody can join, and every member has ended. */
    record Finished() implements Step {}

    /** What happens only to what is staged with more care than groups and thresholds; values and apps know none of it. */
    sealed interface Careful extends Step {}

    record Approved() implements Careful {}

    record Denied() implements Careful {}

    /** The group's members up to and without {@code upTo} were looked after; the numbers are this part's. */
    record MembersOffered(int group, int upTo, int offered, int skipped) implements Careful {}

    /** A further group for those that join, behind all others. */
    record GroupAdded(int group, Group plan) implements Careful {}

    record MembersJoined(int group, int chunk, List<DeviceId> members) implements Careful {}

    record JoiningClosed() implements Careful {}

    record Deleted() implements Careful {}
}
