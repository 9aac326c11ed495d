package dev.muster.updates.view;

import dev.muster.updates.RolloutView.Group;
import dev.muster.updates.RolloutView.GroupState;

/** A group's counters while an event changes them. */
final class GroupDraft {

    private final Group before;
    private GroupState state;
    private int size;
    private int offered;
    private int skipped;
    private int succeeded;
    private int failed;
    private int canceled;

    GroupDraft(Group before) {
        this.before = before;
        this.state = before.state();
        this.size = before.size();
        this.offered = before.offered();
        this.skipped = before.skipped();
        this.succeeded = before.succeeded();
        this.failed = before.failed();
        this.canceled = before.canceled();
    }

    GroupDraft state(GroupState state) {
        this.state = state;
        return this;
    }

    GroupDraft size(int size) {
        this.size = size;
        return this;
    }

    GroupDraft offered(int offered) {
        this.offered = offered;
        return this;
    }

    GroupDraft skipped(int skipped) {
        this.skipped = skipped;
        return this;
    }

    GroupDraft succeeded(int succeeded) {
        this.succeeded = succeeded;
        return this;
    }

    GroupDraft failed(int failed) {
        this.failed = failed;
        return this;
    }

    GroupDraft canceled(int canceled) {
        this.canceled = canceled;
        return this;
    }

    Group done() {
        return new Group(
                before.name(),
                state,
                size,
                offered,
                skipped,
                succeeded,
                failed,
                canceled,
                before.successPercent(),
                before.errorPercent());
    }
}
