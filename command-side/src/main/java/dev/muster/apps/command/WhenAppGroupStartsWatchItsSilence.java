package dev.muster.apps.command;

import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRollouts;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.staging.Outcome;
import dev.muster.staging.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Silence has a deadline: members of a group that have not answered by then count as failed, so that dead devices trip
 * the error threshold instead of hanging for ever. All of a group are to have it from one moment on, so one timer is enough.
 */
public final class WhenAppGroupStartsWatchItsSilence implements Policy {

    private static final String OWNER = "app-rollout-timeout";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:timeout");

    private final Timers timers;
    private final Commands commands;
    private final AppRollouts rollouts;
    private final Positions positions;

    public WhenAppGroupStartsWatchItsSilence(
            Timers timers, Commands commands, AppRollouts rollouts, Positions positions) {
        this.timers = timers;
        this.commands = commands;
        this.rollouts = rollouts;
        this.positions = positions;
        timers.onDue(OWNER, (key, payload) -> {
            int slash = key.lastIndexOf('/');
            expire(AppRolloutId.parse(key.substring(0, slash)), Integer.parseInt(key.substring(slash + 1)));
        });
    }

    @Override
    public String name() {
        return "when-app-group-starts-watch-its-silence";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof GroupStarted started) {
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                Duration timeout = rollouts.needed(started.rolloutId()).plan().timeout();
                if (timeout != null) {
                    String key = started.rolloutId() + "/" + started.group();
                    timers.set(OWNER, key, recorded.at().plus(timeout), new byte[0]);
                }
            }
        }
    }

    /** Those who answered in the last moment were heard first: the first word about a member counts. */
    private void expire(AppRolloutId id, int group) {
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        String silence = Silence.beyond(rollouts.needed(id).plan().timeout());
        AppMemberWords words = new AppMemberWords();
        rollouts.open(id, group).forEach(device -> words.add(id, group, Outcome.FAILED, device, silence));
        words.say(commands, SYSTEM);
    }
}
