package dev.muster.updates.view;

import dev.muster.registry.DeviceId;
import dev.muster.staging.PauseCause;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.Group;
import dev.muster.updates.RolloutView.GroupState;
import dev.muster.updates.RolloutView.Point;
import dev.muster.updates.RolloutView.Reason;
import dev.muster.updates.RolloutView.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rollout's document while an event changes it. */
final class RolloutDraft {

    private final RolloutView before;
    private State state;
    private @Nullable PauseCause pauseCause;
    private List<Group> groups;
    private int incompatible;
    private List<Reason> reasons;
    private List<Point> progress;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private long version;

    RolloutDraft(RolloutView before) {
        this.before = before;
        this.state = before.state();
        this.pauseCause = before.pauseCause();
        this.groups = before.groups();
        this.incompatible = before.incompatible();
        this.reasons = before.reasons();
        this.progress = before.progress();
        this.startedAt = before.startedAt();
        this.endedAt = before.endedAt();
        this.version = before.version();
    }

    void version(long version) {
        this.version = version;
    }

    RolloutDraft state(State state) {
        this.state = state;
        this.pauseCause = null;
        return this;
    }

    void paused(PauseCause cause) {
        state(State.PAUSED);
        this.pauseCause = cause;
    }

    void started(Instant at) {
        startedAt = at;
    }

    void ended(Instant at) {
        endedAt = at;
    }

    void ready(List<Integer> sizes, int incompatible) {
        state(State.READY);
        this.incompatible = incompatible;
        List<Group> sized = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            sized.add(tally(groups.get(i))
                    .size(i < sizes.size() ? sizes.get(i) : 0)
                    .done());
        }
        groups = sized;
    }

    void group(int index, GroupState state) {
        replace(index, tally(groups.get(index)).state(state).done());
    }

    void offered(int index, int offered, int skipped, Instant at) {
        replace(
                index,
                tally(groups.get(index)).offered(offered).skipped(skipped).done());
        point(at);
    }

    void offered(int index, Instant at) {
        Group group = groups.get(index);
        replace(index, tally(group).offered(group.offered() + 1).done());
        point(at);
    }

    void succeeded(int index, Instant at) {
        Group group = groups.get(index);
        replace(index, tally(group).succeeded(group.succeeded() + 1).done());
        point(at);
    }

    void canceled(int index, Instant at) {
        Group group = groups.get(index);
        replace(index, tally(group).canceled(group.canceled() + 1).done());
        point(at);
    }

    void failed(int index, String reason, DeviceId deviceId, Instant at) {
        Group group = groups.get(index);
        replace(index, tally(group).failed(group.failed() + 1).done());
        reasons = Reasons.with(reasons, reason, deviceId);
        point(at);
    }

    private void point(Instant at) {
        int offered = 0;
        int succeeded = 0;
        int failed = 0;
        int canceled = 0;
        for (Group group : groups) {
            offered += group.offered();
            succeeded += group.succeeded();
            failed += group.failed();
            canceled += group.canceled();
        }
        progress = Progress.with(progress, new Point(at, offered, succeeded, failed, canceled));
    }

    private void replace(int index, Group group) {
        List<Group> all = new ArrayList<>(groups);
        all.set(index, group);
        groups = all;
    }

    private static GroupDraft tally(Group group) {
        return new GroupDraft(group);
    }

    RolloutView done() {
        return new RolloutView(
                before.id(),
                before.plan(),
                state,
                pauseCause,
                groups,
                incompatible,
                reasons,
                progress,
                before.createdAt(),
                startedAt,
                endedAt,
                version);
    }
}
