package dev.muster.server.overview;

import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutView.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How one rollout stands, in memory. Guarded by {@link RolloutCounts}. */
final class RolloutCount {

    final String name;
    final boolean approval;
    final List<Group> groups = new ArrayList<>();
    State state = State.CREATING;
    boolean approved;
    boolean deleted;
    /** When it was over, or null. */
    @Nullable
    Instant endedAt;

    RolloutCount(RolloutPlan plan) {
        this.name = plan.name();
        this.approval = plan.care().approval();
        plan.groups().forEach(group -> groups.add(new Group(group.name())));
    }

    /** A group's counters. */
    static final class Group {

        final String name;
        boolean started;
        int size;
        int offered;
        int skipped;
        int succeeded;
        int failed;
        int canceled;
        int retrying;
        int verifying;

        Group(String name) {
            this.name = name;
        }

        void add(Group other) {
            size += other.size;
            offered += other.offered;
            skipped += other.skipped;
            succeeded += other.succeeded;
            failed += other.failed;
            canceled += other.canceled;
            retrying += other.retrying;
            verifying += other.verifying;
        }

        int ended() {
            return succeeded + failed + canceled;
        }

        /** Every device is in exactly one of these. */
        Map<String, Integer> byStatus() {
            Map<String, Integer> all = new TreeMap<>();
            all.put("waiting", Math.max(0, size - offered - skipped));
            all.put("running", Math.max(0, offered - ended() - retrying - verifying));
            all.put("retrying", retrying);
            all.put("verifying", verifying);
            all.put("succeeded", succeeded);
            all.put("failed", failed);
            all.put("canceled", canceled);
            all.put("skipped", skipped);
            return all;
        }
    }

    /** Null when nobody knows of it. */
    @Nullable
    Group group(@Nullable Integer index) {
        int at = index == null ? 0 : index;
        return at >= 0 && at < groups.size() ? groups.get(at) : null;
    }

    boolean underWay() {
        return state == State.RUNNING || state == State.PAUSED;
    }

    Group all() {
        Group all = new Group("");
        groups.forEach(all::add);
        return all;
    }

    /** The newest groups that started, by the name of their label, and all others in one. */
    Map<String, Group> shown(int most) {
        Map<String, Group> shown = new TreeMap<>();
        Group others = new Group("others");
        int left = 0;
        for (int i = groups.size() - 1; i >= 0; i--) {
            Group each = groups.get(i);
            if (shown.size() < most && (each.started || groups.size() <= most)) {
                shown.put((i + 1) + " " + each.name, each);
            } else {
                others.add(each);
                left++;
            }
        }
        if (left > 0) {
            shown.put(others.name, others);
        }
        return shown;
    }
}
