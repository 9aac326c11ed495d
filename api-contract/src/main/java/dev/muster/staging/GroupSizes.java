package dev.muster.staging;

import java.util.ArrayList;
import java.util.List;

/** How many members each group gets: its share, rounded up to a whole device; the last takes what is left. */
public final class GroupSizes {

    private GroupSizes() {}

    /** @param percents the groups' shares of all members, in order */
    public static List<Integer> of(List<Double> percents, int members) {
        List<Integer> sizes = new ArrayList<>();
        int left = members;
        for (int i = 0; i < percents.size(); i++) {
            int wanted = (int) Math.ceil(members * percents.get(i) / 100.0 - 1e-9);
            int size = i == percents.size() - 1 ? left : Math.min(left, wanted);
            sizes.add(size);
            left -= size;
        }
        return sizes;
    }
}
