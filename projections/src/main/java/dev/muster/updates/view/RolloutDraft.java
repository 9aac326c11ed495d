package dev.muster.updates.view;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.PauseCause;
import dev.muster.updates.FailureReason;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.Decision;
import dev.muster.updates.RolloutView.Point;
import dev.muster.updates.RolloutView.Reason;
import dev.muster.updates.RolloutView.Rollback;
import dev.muster.updates.RolloutView.State;
import dev.muster.updates.StopCause;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A rollout's document while an event changes it. */
final class RolloutDraft {

    private static final Point NOTHING = new Point(Instant.EPOCH, 0, 0, 0, 0);

    private final RolloutView before;
    private final Ladder ladder;
    private State state;
    private @Nullable PauseCause pauseCause;
    private int incompatible;
    private @Nullable Decision decision;
    private @Nullable StopCause stopCause;
    private @Nullable Rollback rollback;
    private boolean open;
    private boolean deleted;
    private List<Reason> reasons;
    private List<Point> progress;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private long version;

    RolloutDraft(RolloutView before) {
        this.before = before;
        this.ladder = new Ladder(before);
        this.state = before.state();
        this.pauseCause = before.pauseCause();
        this.incompatible = before.incompatible();
        this.decision = before.decision();
        this.stopCause = before.stopCause();
        this.rollback = before.rollback();
        this.open = before.open();
        this.deleted = before.deleted();
        this.reasons = before.reasons();
        this.progress = before.progress();
        this.startedAt = before.startedAt();
        this.endedAt = before.endedAt();
        this.version = before.version();
    }

    void version(long version) {
        this.version = version;
    }

    void state(State state) {
        this.state = state;
        this.pauseCause = null;
    }

    void paused(PauseCause cause) {
        state(State.PAUSED);
        this.pauseCause = cause;
    }

    void started(Instant at) {
        state(State.RUNNING);
        startedAt = at;
    }

    /** @param cause null when everyone has ended */
    void ended(State state, @Nullable StopCause cause, Instant at) {
        state(state);
        stopCause = cause;
        open = false;
        endedAt = at;
    }

    void ready(List<Integer> sizes, int incompatible) {
        boolean agreed = decision != null && decision.approved();
        state(before.plan().care().approval() && !agreed ? State.WAITING_FOR_APPROVAL : State.READY);
        this.incompatible = incompatible;
        ladder.sized(sizes);
    }

    void decided(boolean approved, String by, @Nullable String remark, Instant at) {
        decision = new Decision(approved, by, remark, at);
        if (!approved) {
            state(State.APPROVAL_DENIED);
        } else if (state == State.WAITING_FOR_APPROVAL) {
            state(State.READY);
        }
    }

    void rollback(RolloutPolicy.Rollback scope, boolean automatic, Instant at) {
        rollback = new Rollback(scope, automatic, at, null, null);
    }

    void rolledBack(int devices, Instant at) {
        if (rollback != null) {
            rollback = new Rollback(rollback.scope(), rollback.automatic(), rollback.startedAt(), at, devices);
        }
    }

    void joiningClosed() {
        open = false;
    }

    void deleted() {
        deleted = true;
    }

    void added(int index, Group plan) {
        ladder.add(index, plan);
    }

    /** Changes a group without moving the plot. */
    void group(int index, UnaryOperator<GroupDraft> change) {
        ladder.change(index, change);
    }

    /** Changes a group and adds what changed in its counters to the plot's newest word: no other group is looked at. */
    void count(int index, UnaryOperator<GroupDraft> change, Instant at) {
        Ladder.Change changed = ladder.change(index, change);
        if (changed == null) {
            return;
        }
        Point last = progress.isEmpty() ? NOTHING : progress.getLast();
        RolloutView.Group from = changed.before();
        RolloutView.Group to = changed.after();
        progress = Progress.with(
                progress,
                new Point(
                        at,
                        last.offered() + to.offered() - from.offered(),
                        last.succeeded() + to.succeeded() - from.succeeded(),
                        last.failed() + to.failed() - from.failed(),
                        last.canceled() + to.canceled() - from.canceled()));
    }

    void because(FailureReason reason, DeviceId deviceId) {
        reasons = Reasons.with(reasons, reason, deviceId);
    }

    RolloutView done() {
        return new RolloutView(
                before.id(),
                before.plan(),
                state,
                pauseCause,
                ladder.groups(),
                ladder.earlier(),
                incompatible,
                before.by(),
                decision,
                stopCause,
                rollback,
                open,
                deleted,
                reasons,
                progress,
                before.createdAt(),
                startedAt,
                endedAt,
                version);
    }
}
