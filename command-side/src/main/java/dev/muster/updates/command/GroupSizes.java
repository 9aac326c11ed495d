package dev.muster.updates.command;

import dev.muster.updates.RolloutPlan;
import java.util.ArrayList;
import java.util.List;

/** How many members each group of a plan gets: its share, rounded up to a whole device; the last takes what is left. */
public final class GroupSizes {

    private GroupSizes() {}

    public static List<Integer> of(List<RolloutPlan.Group> groups, int members) {
        List<Integer> sizes = new ArrayList<>();
        int left = members;
        for (int i = 0; i < groups.size(); i++) {
            int wanted = (int) Math.ceil(members * groups.get(i).percent() / 100.0 - 1e-9);
            int size = i == groups.size() - 1 ? left : Math.min(left, wanted);
            sizes.add(size);
            left -= size;
        }
        return sizes;
    }
}
