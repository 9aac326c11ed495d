package dev.muster.staging.command;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.command.Step.GroupAdded;
import dev.muster.staging.command.Step.JoiningClosed;
import dev.muster.staging.command.Step.MembersJoined;
import java.util.ArrayList;
import java.util.List;

/** Seats those that join: in the newest group while it has room, then in further ones. */
final class Joiners {

    /** With so many groups, planned ones included, nobody joins any more: each is looked at whenever one changes. */
    static final int GROUPS_MAX = 5_000;

    private Joiners() {}

    /** @param intake shape of further groups */
    static Step[] seated(StagingState before, Group intake, List<DeviceId> members) {
        List<Step> steps = new ArrayList<>();
        StagingState now = before;
        int at = 0;
        while (at < members.size()) {
            int newest = now.groups().size() - 1;
            int room = newest < 0 ? 0 : now.groups().get(newest).room();
            Step next;
            if (room > 0) {
                int to = Math.min(members.size(), at + Math.min(room, Group.CHUNK_MAX));
                int chunk = now.groups().get(newest).chunks();
                next = new MembersJoined(newest, chunk, List.copyOf(members.subList(at, to)));
                at = to;
            } else if (now.groups().size() < GROUPS_MAX) {
                next = new GroupAdded(newest + 1, named(intake, added(now) + 1));
            } else {
                next = new JoiningClosed();
                at = members.size();
            }
            steps.add(next);
            now = now.after(next);
        }
        return steps.toArray(new Step[0]);
    }

    /** Groups for joiners count their members; so may planned ones, which are not filled from here. */
    private static int added(StagingState state) {
        int added = 0;
        for (GroupState group : state.groups()) {
            if (group.intake() > 0) {
                added++;
            }
        }
        return added;
    }

    private static Group named(Group intake, int number) {
        return new Group(
                intake.name() + "-" + number,
                intake.percent(),
                intake.successPercent(),
                intake.errorPercent(),
                intake.count(),
                intake.filter(),
                intake.pauseAfter());
    }
}
