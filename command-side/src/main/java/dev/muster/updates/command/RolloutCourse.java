package dev.muster.updates.command;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.updates.RolloutEvent.RollbackStarted;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rollouts stand, read from their own history. What was read is remembered for those asked about last, so that
 * thousands of devices of one rollout read its members once. Blocking; call it off the event loop.
 */
final class RolloutCourse {

    private static final int REMEMBERED_MAX = 64;
    private static final int READ_MAX = 500;

    enum Phase {
        GOING_ON,
        PAUSED,
        OVER
    }

    /** @param next sequence number of the first event that was not read yet */
    record Standing(@Nullable RolloutPlan plan, Phase phase, long next) {

        private static final Standing UNREAD = new Standing(null, Phase.GOING_ON, 0);

        private Standing after(Recorded recorded) {
            RolloutPlan known = recorded.event() instanceof RolloutCreated created ? created.plan() : plan;
            return new Standing(known, phaseAfter(recorded.event()), recorded.sequence() + 1);
        }

        private Phase phaseAfter(Object event) {
            if (phase == Phase.OVER) {
                return Phase.OVER;
            }
            return switch (event) {
                case RolloutPaused ignored -> Phase.PAUSED;
                case RolloutResumed ignored -> Phase.GOING_ON;
                case RolloutAborted ignored -> Phase.OVER;
                case RollbackStarted ignored -> Phase.OVER;
                case RolloutDeleted ignored -> Phase.OVER;
                case RolloutFinished ignored -> Phase.OVER;
                default -> phase;
            };
        }
    }

    private final History history;
    private final Map<RolloutId, Standing> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RolloutId, Standing> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    RolloutCourse(History history) {
        this.history = history;
    }

    synchronized Standing of(RolloutId id) {
        Standing standing = remembered.getOrDefault(id, Standing.UNREAD);
        while (true) {
            List<Recorded> news = history.of("rollout/" + id, standing.next(), READ_MAX);
            for (Recorded each : news) {
                standing = standing.after(each);
            }
            if (news.size() < READ_MAX) {
                remembered.put(id, standing);
                return standing;
            }
        }
    }
}
