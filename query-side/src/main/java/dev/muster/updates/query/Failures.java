package dev.muster.updates.query;

import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.FailureReason;
import dev.muster.updates.RolloutPlan;
import java.util.List;

/** Why an action failed, read off its document; the same words as the rollout's counters use. */
final class Failures {

    private Failures() {}

    static FailureReason reason(RolloutPlan plan, ActionView action) {
        boolean installed = false;
        ActionView.Entry failed = null;
        for (ActionView.Entry entry : action.entries()) {
            installed |= entry.status() == ActionStatus.INSTALLED;
            boolean why =
                    entry.status() == ActionStatus.ERROR && !entry.messages().contains(FailureReason.GIVEN_UP);
            failed = why ? entry : failed;
        }
        boolean timedOut = Boolean.TRUE.equals(action.timedOut());
        return failed == null
                ? FailureReason.of(plan, timedOut, installed, action.code(), List.of())
                : FailureReason.of(plan, timedOut, installed, failed.code(), failed.messages());
    }
}
