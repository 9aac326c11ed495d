package dev.muster.staging.command;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.GroupSizes;
import dev.muster.staging.command.Step.MembersNamed;
import dev.muster.staging.command.Step.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members are frozen when something is planned: cut into groups, said once in parts, and read back from history. */
public final class FrozenMembers {

    private FrozenMembers() {}

    /** A part of a group, at most {@link Group#CHUNK_MAX} members. */
    public record Chunk(int group, int number, List<DeviceId> members) {}

    /**
     * All members, cut.
     *
     * @param sizes of the groups, as {@link #sizes} has them
     */
    public static List<Chunk> cut(List<DeviceId> members, List<Integer> sizes) {
        List<Chunk> chunks = new ArrayList<>();
        int from = 0;
        for (int group = 0; group < sizes.size(); group++) {
            List<DeviceId> ofGroup = members.subList(from, from + sizes.get(group));
            from += sizes.get(group);
            int number = 0;
            for (int at = 0; at < ofGroup.size(); at += Group.CHUNK_MAX) {
                int to = Math.min(ofGroup.size(), at + Group.CHUNK_MAX);
                chunks.add(new Chunk(group, number++, List.copyOf(ofGroup.subList(at, to))));
            }
        }
        return chunks;
    }

    /** How many members each group gets. */
    public static List<Integer> sizes(List<Group> groups, int members) {
        return GroupSizes.of(groups.stream().map(Group::percent).toList(), members);
    }

    /**
     * The members of each group, as far as the history goes.
     *
     * @param steps which step an event is, null for none
     */
    public static List<List<DeviceId>> in(List<Recorded> history, Function<Object, @Nullable Step> steps) {
        List<List<DeviceId>> groups = new ArrayList<>();
        for (Recorded recorded : history) {
            Step step = steps.apply(recorded.event());
            if (step instanceof Planned planned) {
                planned.groups().forEach(group -> groups.add(new ArrayList<>()));
            } else if (step instanceof MembersNamed named) {
                groups.get(named.group()).addAll(named.members());
            }
        }
        return groups;
    }
}
