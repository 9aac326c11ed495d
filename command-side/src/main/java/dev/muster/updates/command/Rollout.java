package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.CompleteOffer;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.Ended;
import dev.muster.updates.RolloutCommand.PauseRollout;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupOffered;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.PauseCause;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutProgressed;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStartAwaited;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutEvent.Tally;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.RolloutState.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A rollout: a release on its way through groups of devices, with gates between them ({@link RolloutGates}). It holds
 * sizes, thresholds and counters, so it stays small however many devices it reaches.
 */
public class Rollout {

    @AggregateIdentifier
    private @Nullable String id;

    private final RolloutState state = new RolloutState();

    protected Rollout() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateRollout c) {
        RolloutRules.check(c.plan());
        if (state.plan != null) {
            if (state.plan.equals(c.plan())) {
                return false;
            }
            throw UpdatesRefusal.ROLLOUT_EXISTS.because("Rollout " + c.rolloutId() + " exists with another plan.");
        }
        apply(new RolloutCreated(c.rolloutId(), c.plan()));
        return true;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PlanMembers c) {
        only(c, EnumSet.of(Phase.CREATING, Phase.READY));
        if (state.phase == Phase.CREATING && c.chunk() >= state.groups.get(c.group()).chunks) {
            apply(new MembersPlanned(c.rolloutId(), c.group(), c.chunk(), c.members()));
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CompletePlanning c) {
        if (state.phase == Phase.CREATING) {
            apply(new RolloutReady(c.rolloutId(), c.sizes(), c.incompatible()));
            if (state.startAwaited) {
                apply(new RolloutStarted(c.rolloutId()));
                passGates(c);
            }
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(StartRollout c) {
        if (state.phase == Phase.RUNNING || state.startAwaited && state.phase == Phase.CREATING) {
            return;
        }
        only(c, EnumSet.of(Phase.CREATING, Phase.READY));
        if (state.phase == Phase.CREATING) {
            apply(new RolloutStartAwaited(c.rolloutId()));
            return;
        }
        apply(new RolloutStarted(c.rolloutId()));
        passGates(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PauseRollout c) {
        if (state.phase == Phase.PAUSED) {
            return;
        }
        only(c, EnumSet.of(Phase.RUNNING));
        apply(new RolloutPaused(c.rolloutId(), PauseCause.OPERATOR));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ResumeRollout c) {
        if (state.phase == Phase.RUNNING) {
            return;
        }
        only(c, EnumSet.of(Phase.PAUSED));
        apply(new RolloutResumed(c.rolloutId()));
        passGates(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(AbortRollout c) {
        if (state.phase == Phase.STOPPED) {
            return;
        }
        only(c, EnumSet.of(Phase.CREATING, Phase.READY, Phase.RUNNING, Phase.PAUSED));
        apply(new RolloutAborted(c.rolloutId()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CompleteOffer c) {
        onlyKnown(c);
        if (!state.groups.get(c.group()).offered) {
            apply(new GroupOffered(c.rolloutId(), c.group(), c.offered(), c.skipped()));
            passGates(c);
        }
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RecordProgress c) {
        onlyKnown(c);
        TreeMap<Integer, int[]> sums = new TreeMap<>();
        long counted = state.counted;
        for (Ended ended : c.ended()) {
            if (ended.position() > counted) {
                sums.computeIfAbsent(ended.group(), group -> new int[3])[
                        ended.outcome().ordinal()]++;
                counted = ended.position();
            }
        }
        if (sums.isEmpty()) {
            return;
        }
        List<Tally> tallies = new ArrayList<>();
        sums.forEach((group, n) -> tallies.add(new Tally(group, n[0], n[1], n[2])));
        apply(new RolloutProgressed(c.rolloutId(), tallies, counted));
        passGates(c);
    }

    @EventSourcingHandler
    void on(RolloutEvent event) {
        id = "rollout/" + event.rolloutId();
        state.after(event);
    }

    private void passGates(RolloutCommand c) {
        for (RolloutEvent step = RolloutGates.next(c.rolloutId(), state);
                step != null;
                step = RolloutGates.next(c.rolloutId(), state)) {
            apply(step);
            RolloutEvent follow = RolloutGates.follow(c.rolloutId(), step);
            if (follow != null) {
                apply(follow);
            }
        }
    }

    private void only(RolloutCommand c, Set<Phase> phases) {
        onlyKnown(c);
        if (!phases.contains(state.phase)) {
            throw UpdatesRefusal.ROLLOUT_STATE.because("The rollout is " + state.phase + ".");
        }
    }

    private void onlyKnown(RolloutCommand c) {
        if (state.phase == Phase.NONE) {
            throw UpdatesRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + c.rolloutId() + ".");
        }
    }

    private static void apply(RolloutEvent event) {
        AggregateLifecycle.apply(event);
    }
}
