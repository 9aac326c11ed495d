package dev.muster.config.command;

import dev.muster.config.ConfigRolloutCommand.FinishRollout;
import dev.muster.config.ConfigRolloutCommand.RefuseFinish;
import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.ConfigRolloutEvent.EveryoneEnded;
import dev.muster.config.ConfigRolloutEvent.FinishRetried;
import dev.muster.config.ConfigRolloutEvent.RolloutAborted;
import dev.muster.config.ConfigRolloutEvent.RolloutFinished;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutPlan;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRollouts;
import dev.muster.config.DatabagCommand.AdoptStaged;
import dev.muster.config.DatabagCommand.EmptyStaged;
import dev.muster.config.DatabagId;
import dev.muster.config.Seals;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.kernel.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The end of a configuration rollout, in an order in which no device ever sees anything between before and after: the
 * values are written into the target first, where the members do not notice, for the rollout's layer lies over it and
 * says the same; then the rollout is finished, and with that very event the layer is gone for all members.
 *
 * <p>What lay in the layer is cleared away a while later, and its key destroyed: whoever was answering a device in the
 * moment of the end has done so by then.
 */
public final class WhenConfigRolloutEndsSettleIt implements Policy {

    static final Duration ANSWERS_END_MAX = Duration.ofMinutes(2);
    private static final String OWNER = "config-rollout-layer";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:config-rollout");

    private final Timers timers;
    private final Commands commands;
    private final ConfigRollouts rollouts;
    private final Seals seals;
    private final Positions positions;

    public WhenConfigRolloutEndsSettleIt(
            Timers timers, Commands commands, ConfigRollouts rollouts, Seals seals, Positions positions) {
        this.timers = timers;
        this.commands = commands;
        this.rollouts = rollouts;
        this.seals = seals;
        this.positions = positions;
        timers.onDue(OWNER, (key, payload) -> clearAway(ConfigRolloutId.parse(key)));
    }

    @Override
    public String name() {
        return "when-config-rollout-ends-settle-it";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case EveryoneEnded e -> settle(e, recorded.position());
                case FinishRetried e -> settle(e, recorded.position());
                case RolloutFinished e -> clearAwayAfter(e.rolloutId(), recorded.at());
                case RolloutAborted e -> clearAwayAfter(e.rolloutId(), recorded.at());
                default -> {}
            }
        }
    }

    private void settle(ConfigRolloutEvent ended, long position) {
        Await.done(positions.folded(position, Await.HANDLER_WAIT_MAX));
        ConfigRolloutId id = ended.rolloutId();
        ConfigRolloutView rollout = rollouts.needed(id);
        if (rollout.over()) {
            // Heard again: the target has had the values, and may have been given others since.
            return;
        }
        ConfigRolloutPlan plan = rollout.plan();
        try {
            Await.done(commands.send(
                    new AdoptStaged(plan.targetId(), id.layer(), plan.profile(), plan.view(), plan.requests()),
                    SYSTEM));
        } catch (Refused refused) {
            refusedBy(id, refused);
            return;
        }
        Await.done(commands.send(new FinishRollout(id), SYSTEM));
    }

    /** A schema that was replaced meanwhile may not take the values: people decide. A busy house is asked again. */
    private void refusedBy(ConfigRolloutId id, Refused refused) {
        if (refused.refusal().kind() == Refusal.Kind.UNAVAILABLE) {
            throw refused;
        }
        Await.done(commands.send(new RefuseFinish(id, refused.refusal().message()), SYSTEM));
    }

    private void clearAwayAfter(ConfigRolloutId id, Instant end) {
        timers.set(OWNER, id.toString(), end.plus(ANSWERS_END_MAX), new byte[0]);
    }

    private void clearAway(ConfigRolloutId id) {
        DatabagId staged = new DatabagId(rollouts.needed(id).plan().registry(), id.layer());
        Await.done(commands.send(new EmptyStaged(staged), SYSTEM));
        seals.destroy(id.layer().keyOwner());
    }
}
