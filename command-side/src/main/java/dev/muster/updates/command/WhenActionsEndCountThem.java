package dev.muster.updates.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.staging.Ended;
import dev.muster.staging.Outcome;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums the ends of actions per rollout, so that ten thousand devices do not queue at one aggregate. Each end carries
 * its position and the rollout remembers up to where it has counted, so a batch that is repeated after a crash, even
 * cut differently, counts nothing twice.
 */
public final class WhenActionsEndCountThem implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:rollout-count");

    private final Commands commands;

    public WhenActionsEndCountThem(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "when-actions-end-count-them";
    }

    @Override
    public int batchMax() {
        return 2000;
    }

    @Override
    public void react(List<Recorded> batch) {
        Map<RolloutId, List<Ended>> ended = new HashMap<>();
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case ActionFinished e -> note(ended, recorded, e.rollout(), e.group(), Outcome.SUCCEEDED);
                case ActionDownloaded e -> note(ended, recorded, e.rollout(), e.group(), Outcome.SUCCEEDED);
                // What is tried again has not ended.
                case ActionFailed e
                when e.retryAt() == null -> note(ended, recorded, e.rollout(), e.group(), Outcome.FAILED);
                case RetryGivenUp e -> note(ended, recorded, e.rollout(), e.group(), Outcome.FAILED);
                case ActionCanceled e -> note(ended, recorded, e.rollout(), e.group(), Outcome.CANCELED);
                default -> {}
            }
        }
        ended.forEach((rollout, ends) -> Await.done(commands.send(new RecordProgress(rollout, ends), SYSTEM)));
    }

    private static void note(
            Map<RolloutId, List<Ended>> ended,
            Recorded recorded,
            @Nullable RolloutId rollout,
            @Nullable Integer group,
            Outcome outcome) {
        if (rollout != null && group != null) {
            ended.computeIfAbsent(rollout, id -> new ArrayList<>()).add(new Ended(recorded.position(), group, outcome));
        }
    }
}
