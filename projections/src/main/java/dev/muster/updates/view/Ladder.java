package dev.muster.updates.view;

import dev.muster.staging.Group;
import dev.muster.updates.RolloutView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A rollout's groups while an event changes them. Groups that are added for devices that join may be many over the
 * years: the newest keep an entry of their own, the older ones share one behind the planned groups, so the document
 * stays small. An event that names a group nobody knows of changes nothing.
 */
final class Ladder {

    /** Groups added for devices that joined that have their own entry. */
    static final int JOINED_MAX = 500;

    private final RolloutView before;
    private final int planned;
    private List<RolloutView.Group> groups;
    private int earlier;

    Ladder(RolloutView before) {
        this.before = before;
        this.planned = before.plan().groups().size();
        this.groups = before.groups();
        this.earlier = before.earlier();
    }

    /** A group before and after a change. */
    record Change(RolloutView.Group before, RolloutView.Group after) {}

    List<RolloutView.Group> groups() {
        return groups;
    }

    int earlier() {
        return earlier;
    }

    /** Null when there is no such group. */
    @Nullable
    Change change(int index, UnaryOperator<GroupDraft> change) {
        int place = before.placeOf(index);
        if (place < 0) {
            return null;
        }
        RolloutView.Group group = groups.get(place);
        RolloutView.Group changed = change.apply(new GroupDraft(group)).done();
        List<RolloutView.Group> all = new ArrayList<>(groups);
        all.set(place, changed);
        groups = all;
        return new Change(group, changed);
    }

    void sized(List<Integer> sizes) {
        List<RolloutView.Group> sized = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            int size = i < sizes.size() ? sizes.get(i) : 0;
            sized.add(new GroupDraft(groups.get(i)).size(size).done());
        }
        groups = sized;
    }

    /** A group that is there already, or that would leave a gap, is none to add. */
    void add(int index, Group plan) {
        if (index != before.groupCount()) {
            return;
        }
        List<RolloutView.Group> all = new ArrayList<>(groups);
        all.add(GroupDraft.planned(plan, true));
        if (all.size() - planned > JOINED_MAX) {
            sumUpOldest(all);
        }
        groups = all;
    }

    private void sumUpOldest(List<RolloutView.Group> all) {
        if (earlier == 0) {
            // Two groups make the first sum.
            earlier = 1;
        }
        RolloutView.Group next = all.remove(planned + 1);
        earlier++;
        all.set(planned, new GroupDraft(all.get(planned)).with(next).done(earlier + " groups that joined earlier"));
    }
}
