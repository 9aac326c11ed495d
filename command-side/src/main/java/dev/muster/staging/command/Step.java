package dev.muster.staging.command;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.staging.Tally;
import java.util.List;

/**
 * What happens to something that is staged, whatever it is. Nothing of this is stored: each capability has events of
 * its own and says in one place which step each of them is.
 */
public sealed interface Step {

    /** It exists; its members are being frozen. */
    record Planned(List<Group> groups) implements Step {

        public Planned {
            groups = List.copyOf(groups);
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

    /** Somebody started it while its members were still being frozen: it starts as soon as it is ready. */
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

    /** Nothing is left to start, and every member has ended. */
    record Finished() implements Step {}
}
