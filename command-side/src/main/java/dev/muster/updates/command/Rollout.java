package dev.muster.updates.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.staging.command.StagingDecision;
import dev.muster.staging.command.StagingState;
import dev.muster.staging.command.Step;
import dev.muster.updates.RolloutCommand;
import dev.muster.updates.RolloutCommand.AbortRollout;
import dev.muster.updates.RolloutCommand.CompleteOffer;
import dev.muster.updates.RolloutCommand.CompletePlanning;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.RolloutCommand.PauseRollout;
import dev.muster.updates.RolloutCommand.PlanMembers;
import dev.muster.updates.RolloutCommand.RecordProgress;
import dev.muster.updates.RolloutCommand.ResumeRollout;
import dev.muster.updates.RolloutCommand.StartRollout;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A rollout: a release on its way through groups of devices, with gates between them. It holds sizes, thresholds and
 * counters, so it stays small however many devices it reaches; what follows from what is the machinery's.
 */
public class Rollout {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable RolloutPlan plan;

    private StagingState state = StagingState.NONE;

    protected Rollout() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateRollout c) {
        RolloutRules.check(c.plan());
        if (plan != null) {
            if (plan.equals(c.plan())) {
                return false;
            }
            throw UpdatesRefusal.ROLLOUT_EXISTS.because("Rollout " + c.rolloutId() + " exists with another plan.");
        }
        AggregateLifecycle.apply(new RolloutCreated(c.rolloutId(), c.plan()));
        return true;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PlanMembers c) {
        apply(c, about(c).named(c.group(), c.chunk(), c.members()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CompletePlanning c) {
        apply(c, about(c).planned(c.sizes(), c.incompatible()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(StartRollout c) {
        apply(c, about(c).started());
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(PauseRollout c) {
        apply(c, about(c).paused());
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ResumeRollout c) {
        apply(c, about(c).resumed());
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(AbortRollout c) {
        apply(c, about(c).aborted());
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(CompleteOffer c) {
        apply(c, about(c).offered(c.group(), c.offered(), c.skipped()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RecordProgress c) {
        apply(c, about(c).counted(c.ended()));
    }

    @EventSourcingHandler
    void on(RolloutEvent event) {
        id = "rollout/" + event.rolloutId();
        if (event instanceof RolloutCreated created) {
            plan = created.plan();
        }
        state = state.after(RolloutSteps.step(event));
    }

    private StagingDecision about(RolloutCommand c) {
        return new StagingDecision(state, c.rolloutId().toString(), RolloutSteps.REFUSALS);
    }

    private static void apply(RolloutCommand c, List<Step> steps) {
        steps.forEach(step -> AggregateLifecycle.apply(RolloutSteps.event(c.rolloutId(), step)));
    }
}
