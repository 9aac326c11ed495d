package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Ended;
import dev.muster.staging.Outcome;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhenActionsEndCountThemTest {

    private static final RolloutId ROLLOUT = new RolloutId(new UUID(7, 7));
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final DeviceId ROBOT = new DeviceId("robot-1");

    private final SentCommands commands = new SentCommands();

    private void happens(Object... events) {
        List<Recorded> batch = new ArrayList<>();
        for (Object each : events) {
            batch.add(new Recorded(100 + batch.size(), "e", Instant.EPOCH, each, "any", 0, Map.of()));
        }
        new WhenActionsEndCountThem(commands).react(batch);
    }

    private static ActionFailed failed(@Nullable RolloutId rollout, @Nullable Instant retryAt) {
        return new ActionFailed(
                ROBOT, 7, OS, false, null, List.of(), null, rollout, rollout == null ? null : 1, retryAt, null);
    }

    @Test
    void whatIsTriedAgainHasNotFailed() {
        happens(
                failed(ROLLOUT, Instant.EPOCH),
                failed(ROLLOUT, null),
                failed(null, null),
                new ActionFinished(ROBOT, 8, OS, null, List.of(), null, ROLLOUT, 0, null));
        assertThat(commands.all)
                .containsExactly(new RecordProgress(
                        ROLLOUT, List.of(new Ended(101, 1, Outcome.FAILED), new Ended(103, 0, Outcome.SUCCEEDED))));
    }
}
