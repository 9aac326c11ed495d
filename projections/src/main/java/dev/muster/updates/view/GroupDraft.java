package dev.muster.updates.view;

import dev.muster.staging.Group;
import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.GroupState;

/** A group's counters while an event changes them. */
final class GroupDraft {

    private final RolloutView.Group before;
    private GroupState state;
    private int size;
    private int offered;
    private int skipped;
    private int succeeded;
    private int failed;
    private int canceled;
    private int retrying;
    private int verifying;

    GroupDraft(RolloutView.Group before) {
        this.before = before;
        this.state = before.state();
        this.size = before.size();
        this.offered = before.offered();
        this.skipped = before.skipped();
        this.succeeded = before.succeeded();
        this.failed = before.failed();
        this.canceled = before.canceled();
        this.retrying = before.retrying();
        this.verifying = before.verifying();
    }

    /** A group of the plan, or one for devices that join, before anything happened in it. */
    static RolloutView.Group planned(Group group, boolean joined) {
        return new RolloutView.Group(
                group.name(),
                GroupState.SCHEDULED,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                joined,
                group.successPercent(),
                group.errorPercent(),
                group.pausesAfter());
    }

    GroupDraft state(GroupState state) {
        this.state = state;
        return this;
    }

    GroupDraft size(int size) {
        this.size = size;
        return this;
    }

    GroupDraft grown(int members) {
        size += members;
        return this;
    }

    /** What was counted one by one is settled. */
    GroupDraft offered(int offered, int skipped) {
        this.offered = offered;
        this.skipped = skipped;
        return this;
    }

    GroupDraft skippedToo(int devices) {
        skipped += devices;
        return this;
    }

    GroupDraft offeredOne() {
        offered++;
        return this;
    }

    GroupDraft succeededOne(boolean installed) {
        succeeded++;
        return noLongerVerifying(installed);
    }

    GroupDraft failedOne(boolean installed) {
        failed++;
        return noLongerVerifying(installed);
    }

    GroupDraft canceledOne(boolean installed) {
        canceled++;
        return noLongerVerifying(installed);
    }

    /** It failed, and will be tried again: it stays open. */
    GroupDraft retryingOne(boolean installed) {
        retrying++;
        return noLongerVerifying(installed);
    }

    /** The next try began, or nobody waits for it any more. */
    GroupDraft noLongerRetrying() {
        retrying = Math.max(0, retrying - 1);
        return this;
    }

    GroupDraft verifyingOne() {
        verifying++;
        return this;
    }

    private GroupDraft noLongerVerifying(boolean installed) {
        verifying = installed ? Math.max(0, verifying - 1) : verifying;
        return this;
    }

    /** Both in one, under a name that says how many they are. */
    GroupDraft with(RolloutView.Group other) {
        state = other.state();
        size += other.size();
        offered += other.offered();
        skipped += other.skipped();
        succeeded += other.succeeded();
        failed += other.failed();
        canceled += other.canceled();
        retrying += other.retrying();
        verifying += other.verifying();
        return this;
    }

    RolloutView.Group done() {
        return done(before.name());
    }

    RolloutView.Group done(String name) {
        return new RolloutView.Group(
                name,
                state,
                size,
                offered,
                skipped,
                succeeded,
                failed,
                canceled,
                retrying,
                verifying,
                before.joined(),
                before.successPercent(),
                before.errorPercent(),
                before.pauseAfter());
    }
}
