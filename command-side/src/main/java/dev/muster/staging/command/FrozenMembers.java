package dev.muster.staging.command;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Distribution;
import dev.muster.staging.Group;
import java.util.ArrayList;
import java.util.List;

/** Members are frozen when something is planned: cut into groups by their shares and counts, and said once in parts. */
public final class FrozenMembers {

    private FrozenMembers() {}

    /** A part of a group, at most {@link Group#CHUNK_MAX} members. */
    public record Chunk(int group, int number, List<DeviceId> members) {}

    /** @param groups without filters of their own */
    public static Distribution<DeviceId> dealt(List<Group> groups, List<DeviceId> members) {
        return Distribution.of(groups, members, filter -> {
            throw new IllegalArgumentException("these groups have no filters");
        });
    }

    /** All that take part; parts of a group are counted from 0. */
    public static List<Chunk> cut(Distribution<DeviceId> dealt) {
        int[] numbers = new int[dealt.sizes().size()];
        List<Chunk> chunks = new ArrayList<>();
        dealt.each((group, members) -> chunks.add(new Chunk(group, numbers[group]++, members)));
        return chunks;
    }
}
